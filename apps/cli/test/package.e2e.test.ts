import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plainVariables, run, workspaceRoot, writeFiles } from './run-tideline.ts';

const mostBytes = 15_000_000;
let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-package-'));
  const pack = [join(workspaceRoot, 'tools', 'pack.mjs'), '--out', folder];
  const packed = await run(process.execPath, pack, { cwd: workspaceRoot });
  expect(packed).toMatchObject({ exitCode: 0, stderr: '' });
  await writeFiles(folder, { 'package.json': '{ "private": true }' });
  const install = ['install', '--no-audit', '--no-fund', packed.stdout.trim()];
  const installed = await run('npm', install, { cwd: folder });
  expect({ ...installed, stdout: '', stderr: '' }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  program = join(folder, 'node_modules', '.bin', 'tideline');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const tideline = (args: readonly string[], cwd = folder, variables = {}) =>
  run(program, args, { cwd, variables });

async function bytesOf(path: string): Promise<number> {
  const names = await readdir(path, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => stat(join(path, name))));
  return sizes.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
}

describe('the package, in an empty folder', () => {
  test('takes less than 15 MB, and brings no source map', async () => {
    const own = join(folder, 'node_modules', '@tideline', 'cli');
    expect(await bytesOf(own)).toBeLessThan(mostBytes);
    expect((await readdir(own, { recursive: true })).filter((name) => name.endsWith('.map'))).toEqual([]);
  });

  test('shows its help, and the commit that it was made from in any checkout', async () => {
    expect(await tideline(['--help'])).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(/^Usage: tideline /),
    });
    const manifest = await readFile(join(folder, 'node_modules', '@tideline', 'cli', 'package.json'), 'utf8');
    const { version, gitHead } = JSON.parse(manifest) as {
      readonly version: string;
      readonly gitHead: string;
    };
    for (const args of [['--version'], ['cost', '--version']])
      expect((await tideline(args)).stdout).toBe(`tideline ${version} (commit ${gitHead})\n`);
  });

  test('estimates the cost of a description in TypeScript, without a package for that', async () => {
    const cwd = join(folder, 'service');
    await mkdir(cwd);
    await writeFiles(cwd, {
      'limits.ts':
        'export interface Limits { readonly max: number }\nexport const limits: Limits = { max: 9 };\n',
      'tideline.config.ts':
        "import { type Limits, limits } from './limits.ts';\nconst capacity = { min: 3, desired: 3, ...limits } satisfies Limits & { min: number; desired: number };\nexport default { preset: 'fargate-alb', capacity };\n",
      'package.json': '{ "type": "module" }',
    });
    const { exitCode, stdout, stderr } = await tideline(['cost'], cwd);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/minimum +3 tasks .*[\s\S]*maximum +9 tasks /);
  });

  test('runs an environment until Ctrl-C', async () => {
    const args = ['up', '--preset', 'load-driven', '--speed', '60', '--json'];
    const child = spawn(program, args, {
      cwd: folder,
      env: plainVariables(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    try {
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const { url, control } = JSON.parse(line) as { readonly url: string; readonly control: string };
      while ((await fetch(`${url}/health`)).status !== 200) await setTimeout(50);
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
      await expect(fetch(control)).rejects.toThrow('fetch failed');
    } finally {
      child.kill('SIGKILL');
    }
  });

  test.each([['synth'], ['deploy'], ['bootstrap'], ['pipeline', 'plan']])(
    '%s says which packages are missing, and how to get them',
    async (...args) => {
      const { exitCode, stdout, stderr } = await tideline(args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(
        /^tideline \w+: the stacks need cdktf, @cdktf\/provider-aws, and constructs .* npm install --save-dev cdktf@\S+ @cdktf\/provider-aws@\S+ constructs@/,
      );
    },
  );

  test('synthesises once they are there, and a plan of the pipeline goes on to ask AWS', async () => {
    const modules = join(folder, 'node_modules');
    for (const name of ['cdktf', '@cdktf', 'constructs'])
      await symlink(join(workspaceRoot, 'node_modules', name), join(modules, name), 'junction');
    const { exitCode, stdout } = await tideline(['synth', '--preset', 'fargate-alb'], folder, {
      AWS_ACCOUNT_ID: '123456789012',
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(join('cdktf.out', 'stacks', 'service', 'cdk.tf.json'));
    expect(await readdir(join(folder, 'cdktf.out', 'stacks', 'service'))).toContain('.terraform.lock.hcl');
    const refused = await tideline(['deploy', '--preset', 'fargate-alb'], folder);
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('tideline deploy: TL-PIPE-ACCOUNT'),
    });
  });
});
