import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ended, runTool, workspaceRoot } from './run-tool.ts';

let folder = '';

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const run = (...args: readonly string[]): Promise<Ended> =>
  runTool(join('tools', 'run.mjs'), args, { cwd: folder });

const bundleOf = (app: string): string => join(folder, 'dist', 'apps', app, 'main.mjs');
const builtMs = (app: string): number => statSync(bundleOf(app)).mtimeMs;

/** A workspace with the real tools and packages, and two small apps, the first of which starts the second. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-run-'));
  const writer = join('libs', 'process', 'src', 'files');
  const tools = ['bundle.mjs', 'zip.mjs', 'run.mjs'].map((name) => join('tools', name));
  for (const path of [...tools, writer])
    cpSync(join(workspaceRoot, path), join(folder, path), { recursive: true });
  symlinkSync(join(workspaceRoot, 'node_modules'), join(folder, 'node_modules'));
  write('apps/shop/package.json', '{ "type": "module", "bundles": ["apps/till"] }');
  write(
    'apps/shop/src/main.ts',
    "import { greeting } from './greeting.ts';\nconsole.log(greeting, process.argv.slice(2).join());",
  );
  write('apps/shop/src/greeting.ts', "export const greeting: string = 'open';");
  for (const app of ['till', 'office']) {
    write(`apps/${app}/package.json`, '{ "type": "module" }');
    write(`apps/${app}/src/main.ts`, "console.log('ready');");
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('an app', () => {
  test('is built with the apps that it starts, and no others, and prints nothing but its own', async () => {
    expect(await run('apps/shop', '--a', 'b')).toEqual({ exitCode: 0, stdout: 'open --a,b\n', stderr: '' });
    expect(['shop', 'till', 'office'].map((app) => existsSync(bundleOf(app)))).toEqual([true, true, false]);
  });

  test('is not built again while its sources stay the same, or only their times change', async () => {
    await run('apps/shop');
    const before = builtMs('shop');
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(folder, 'apps/shop/src/greeting.ts'), later, later);
    expect((await run('apps/shop')).stdout).toBe('open \n');
    expect(builtMs('shop')).toBe(before);
  });

  test('is built again when one of its modules changes, and the others are not', async () => {
    await run('apps/shop');
    const before = builtMs('till');
    write('apps/shop/src/greeting.ts', "export const greeting: string = 'closed';");
    expect((await run('apps/shop')).stdout).toBe('closed \n');
    expect(builtMs('till')).toBe(before);
  });

  test('is built once when it is started twice at the same time', async () => {
    const both = await Promise.all([run('apps/shop'), run('apps/shop')]);
    expect(both.map(({ stdout }) => stdout)).toEqual(['open \n', 'open \n']);
  });

  test('that does not build ends with 1, and says where the mistake is', async () => {
    write('apps/shop/src/greeting.ts', 'export const greeting = ;');
    const { exitCode, stdout, stderr } = await run('apps/shop');
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('apps/shop/src/greeting.ts:1:24');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('gives its own exit code, and reads its standard input', async () => {
    write(
      'apps/till/src/main.ts',
      'for await (const text of process.stdin) console.log(String(text).trim());\nprocess.exitCode = 7;',
    );
    const child = spawn(process.execPath, ['tools/run.mjs', 'apps/till'], { cwd: folder });
    child.stdin.end('12.50');
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    expect(String(output)).toBe('12.50\n');
    expect(await once(child, 'close')).toEqual([7, null]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('gets %s itself, and no process stays', async (signal) => {
    write(
      'apps/till/src/main.ts',
      `process.once('${signal}', () => process.exit(3));\nsetInterval(() => {}, 1000);\nconsole.log(String(process.pid));`,
    );
    const child = spawn(process.execPath, ['tools/run.mjs', 'apps/till'], { cwd: folder });
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    expect(Number(String(output))).toBe(child.pid);
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([3, null]);
  });
});
