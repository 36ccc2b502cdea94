import { expect, test } from '@jest/globals';
import { InterruptedError } from '@tideline/process';
import { runProcess } from '../src/process/run-process.ts';
import { never } from './fake-pipeline.ts';

const node = (script: string) => ({ file: process.execPath, args: ['-e', script] });

test('a process gets its input, and gives its lines and exit code', async () => {
  const script = "process.stdin.on('data', (d) => console.log(String(d))).on('end', () => process.exit(3))";
  const lines: string[] = [];
  const result = await runProcess(
    { ...node(script), input: 'hello' },
    { signal: never, onLine: (line) => lines.push(line) },
  );
  expect(result).toEqual({ exitCode: 3, stdout: 'hello', lines: ['hello'] });
  expect(lines).toEqual(['hello']);
});

test('an interrupted process is asked once, and its orderly end is awaited', async () => {
  const script = `
    let asked = 0;
    process.on('SIGINT', () => { asked += 1; setTimeout(() => { console.log('asked ' + asked); process.exit(0); }, 200); });
    setInterval(() => undefined, 1000);
    console.log('ready');`;
  const controller = new AbortController();
  const lines: string[] = [];
  const onLine = (line: string): void => {
    lines.push(line);
    if (line === 'ready') controller.abort();
  };
  await expect(runProcess(node(script), { signal: controller.signal, onLine })).rejects.toBeInstanceOf(
    InterruptedError,
  );
  expect(lines).toEqual(['ready', 'asked 1']);
});

test('a missing program is an error', async () => {
  await expect(runProcess({ file: 'no-such-program', args: [] }, { signal: never })).rejects.toThrow(
    'ENOENT',
  );
});
