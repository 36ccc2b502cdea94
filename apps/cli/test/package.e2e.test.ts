import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerOf, plainVariables, run, started, workspaceRoot, writeFiles } from './run-tideline.ts';

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

const start = (args: readonly string[], cwd: string) =>
  spawn(program, args, { cwd, env: plainVariables(), stdio: ['ignore', 'pipe', 'ignore'] });

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
    const child = start(['up', '--preset', 'load-driven', '--speed', '60', '--json'], folder);
    const ended = once(child, 'exit');
    try {
      const { url, control } = await started(child);
      await answerOf(`${url}/health`);
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
      await expect(fetch(control)).rejects.toThrow('fetch failed');
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('describes an Express server, runs it, and drives load at it', async () => {
    const cwd = join(folder, 'express');
    await writeFiles(cwd, {
      'server.js':
        "const app = require('express')();\napp.get('/up', (_request, response) => response.json({ pid: process.pid }));\napp.listen(process.env.PORT);\n",
      'package.json': '{ "name": "express-shop", "scripts": { "start": "node server.js" } }',
      'short.json': JSON.stringify({
        name: 'short',
        stages: [{ users: 4, usersPerSecond: 4, holdSeconds: 240, requestsPerSecond: 20 }],
        endpoints: [{ path: '/up' }],
      }),
    });
    await mkdir(join(cwd, 'node_modules'));
    const express = join('node_modules', 'express');
    await symlink(join(workspaceRoot, express), join(cwd, express), 'junction');
    const described = await tideline(['init', '--health', '/up'], cwd);
    expect(described).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('npm start'),
    });

    const child = start(['up', '--speed', '60', '--json'], cwd);
    const ended = once(child, 'exit');
    try {
      const { url } = await started(child);
      expect(JSON.parse(await answerOf(`${url}/up`))).toEqual({ pid: expect.any(Number) });
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
    const load = ['--profile', 'short.json', '--out', 'out'];
    // The load is too small for the policy on CPU: both tasks stay.
    const run = await tideline(['run', '--speed', '60', '--idle-speed', '120', ...load], cwd);
    expect(run).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^✓ PASSED .*: 2 → 2 → 2 tasks, \d+ requests \(\d+ 2xx\), none failed\n/),
    });
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
