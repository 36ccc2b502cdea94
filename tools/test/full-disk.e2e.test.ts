import { Buffer } from 'node:buffer';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { workspaceRoot } from './run-tool.ts';

/** A real file system of 256 KiB, or null where this user may not mount one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    process.stderr.write(
      '\n  FULL DISK NOT TESTED: this user may not mount a tmpfs. As root: npx nx e2e tools\n\n',
    );
    return null;
  }
}

const disk = mountSmallDisk();
const onDisk = disk === null ? describe.skip : describe;
const at = (...names: string[]): string => join(disk ?? '', ...names);
let target: Server;
let url: string;

beforeAll(async () => {
  target = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(target, 'listening');
  url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
});

afterAll(() => {
  target.close();
  target.closeAllConnections();
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

/** Leaves room for this many bytes, in whole pages. */
function fillDisk(bytesLeft: number): void {
  const { bavail, bsize } = statfsSync(at());
  writeFileSync(at('filler'), Buffer.alloc(bavail * bsize - bytesLeft));
}

/** Runs a script as `npm run` does. @param output file that standard output is sent into; a pipe without */
async function run(args: readonly string[], options: { output?: string; env?: Record<string, string> } = {}) {
  const { output, env = {} } = options;
  const file = output === undefined ? undefined : openSync(output, 'w');
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|TIDELINE_|CDKTF_|AWS_|NODE_OPTIONS$|FORCE_COLOR$)/.test(name),
  );
  const child = spawn(process.execPath, args, {
    cwd: workspaceRoot,
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...env },
    stdio: ['ignore', file ?? 'pipe', 'pipe'],
  });
  if (file !== undefined) closeSync(file);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (stderr += part.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}

const app = (name: string, ...args: string[]): string[] => ['tools/run.mjs', `apps/${name}`, ...args];

onDisk('a full disk', () => {
  beforeEach(() => {
    for (const name of readdirSync(at())) rmSync(at(name), { recursive: true });
    mkdirSync(at('reports'));
  });

  test('costs the load runner its report and nothing half of one: exit code 3, and the figures on standard output', async () => {
    fillDisk(8192);
    const options = ['--users', '2', '--rate', '20', '--hold', '1', '--out', at('reports')];
    const { exitCode, stdout, stderr } = await run(
      app('load-runner', '--target', url, ...options, '--quiet'),
    );
    expect(stderr).toMatch(/^load-runner: TL-WRITE-FULL .*reports.* was not written: no space is left/m);
    expect(stdout).toMatch(/Requests +\d+ /);
    expect({ exitCode, left: readdirSync(at('reports')) }).toEqual({ exitCode: 3, left: [] });
  });

  test.each([
    ['bench', app('bench', '--only', 'simulate', '--quick')],
    ['twin', app('twin', 'release', '--speed', '120')],
  ])(
    'costs %s its report, and nothing half of one: exit code 3',
    async (name, args) => {
      fillDisk(0);
      const { exitCode, stderr } = await run([...args, '--out', at('reports')]);
      expect(stderr).toMatch(new RegExp(`^${name}: TL-WRITE-FULL `, 'm'));
      expect({ exitCode, left: readdirSync(at('reports')) }).toEqual({ exitCode: 3, left: [] });
    },
    120_000,
  );

  test.each([
    ['cost', app('cost', '--json')],
    ['pipeline', app('pipeline', 'deploy', '--dry-run', '--json')],
    ['load-runner', app('load-runner', '--help')],
    ['twin', app('twin', 'run', '--help')],
  ])('cuts off what %s prints into a file there: exit code 3', async (name, args) => {
    fillDisk(0);
    const { exitCode, stderr } = await run(args, { output: at('reports', 'out') });
    expect(stderr).toContain(`${name}: TL-WRITE-FULL standard output was not written`);
    expect(exitCode).toBe(3);
  });

  test('stops the synthesis of the stacks: exit code 3', async () => {
    fillDisk(16_384);
    const { exitCode, stderr } = await run(['tools/synth.mjs'], { env: { CDKTF_OUTDIR: at('cdktf.out') } });
    expect(stderr).toMatch(/^TL-WRITE-FULL .* was not written/m);
    expect(exitCode).toBe(3);
  });

  test('stops a run in a full temporary folder before it begins: exit code 3', async () => {
    fillDisk(0);
    const { exitCode, stderr } = await run(app('twin', 'run', '--profile', 'steady'), {
      env: { TMPDIR: at() },
    });
    expect(stderr).toMatch(/^twin: TL-WRITE-FULL /m);
    expect(exitCode).toBe(3);
  });
});
