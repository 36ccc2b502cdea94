import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { InterruptedError } from '@tideline/process';
import { runProcess } from '../src/process/run-process.ts';
import { never } from './fake-pipeline.ts';
import { isAlive } from './running-processes.ts';
import { workspaceRoot } from './workflow.ts';

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

test('a process that does not end when it is asked is killed in the end, with what it started', async () => {
  const script = `
    process.on('SIGINT', () => undefined);
    require('node:child_process').spawn('sleep', ['600'], { stdio: 'inherit' });
    console.log('ready');`;
  const controller = new AbortController();
  const onLine = (): void => controller.abort();
  await expect(
    runProcess(node(script), { signal: controller.signal, onLine, patienceMs: 100 }),
  ).rejects.toBeInstanceOf(InterruptedError);
});

describe('a guarded process', () => {
  test('gives the lines of both streams, and its exit code', async () => {
    const script =
      "console.log('out'); console.error('é'.repeat(70_000)); process.stdout.write('end'); process.exitCode = 4";
    const lines: string[] = [];
    const result = await runProcess(
      { ...node(script), guarded: true },
      { signal: never, onLine: (line) => lines.push(line) },
    );
    expect(result).toEqual({ exitCode: 4, stdout: '', lines: ['out', 'é'.repeat(70_000), 'end'] });
    expect(lines).toEqual(result.lines);
  });

  test('is asked to end once when the process that runs it is killed, and still writes its output', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-guarded-'));
    const file = join(folder, 'asked');
    const script = `
      let asked = 0;
      process.on('SIGINT', () => {
        asked += 1;
        console.log('asked');
        setTimeout(() => { require('node:fs').writeFileSync(${JSON.stringify(file)}, String(asked)); process.exit(); }, 50);
      });
      setInterval(() => undefined, 1000);
      console.log('ready ' + process.pid);`;
    const runner = `
      import { runProcess } from './apps/pipeline/src/process/run-process.ts';
      const command = { file: process.execPath, args: ['-e', ${JSON.stringify(script)}], guarded: true };
      await runProcess(command, { signal: new AbortController().signal, onLine: (line) => console.log(line) });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', runner], {
      cwd: workspaceRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const watched = watch(folder)[Symbol.asyncIterator]();
    const written = watched.next();
    child.kill('SIGKILL');
    await written;
    const pid = Number(line.replace('ready ', ''));
    while (isAlive(pid)) await setImmediate();
    expect(await readFile(file, 'utf8')).toBe('1');
    await watched.return?.();
    await rm(folder, { recursive: true });
  });
});

test('a missing program is an error', async () => {
  await expect(runProcess({ file: 'no-such-program', args: [] }, { signal: never })).rejects.toThrow(
    'ENOENT',
  );
});
