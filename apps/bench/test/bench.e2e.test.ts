import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchReport } from '../src/report/bench-report.ts';
import { allGone, StartedBench } from './started-bench.ts';

let folder: string;
let temporaryFolder: string;
let started: StartedBench[];
const start = (...args: readonly string[]): StartedBench => {
  const bench = new StartedBench(args, temporaryFolder);
  started.push(bench);
  return bench;
};

beforeEach(async () => {
  started = [];
  folder = await mkdtemp(join(tmpdir(), 'bench-e2e-'));
  temporaryFolder = await mkdtemp(join(tmpdir(), 'bench-e2e-tmp-'));
});
afterEach(async () => {
  for (const bench of started) bench.process.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  await rm(folder, { recursive: true, force: true });
  await rm(temporaryFolder, { recursive: true, force: true });
});

describe('bench', () => {
  test('times a simulated month, and writes what it prints', async () => {
    const { code, stdout } = await start('--quick', '--only', 'simulate', '--json', '--out', folder).ended;
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as BenchReport;
    expect(report.simulate).toMatchObject({ days: 30, policies: 3 });
    expect(report.simulate!.attemptSeconds).toHaveLength(10);
    expect(report.simulate!.attemptCpuSeconds).toHaveLength(10);
    expect(report.simulate!.seconds).toBe(Math.min(...report.simulate!.attemptCpuSeconds));
    expect(report.ratios.apiVsHono).toBeNull();
    expect(JSON.parse(await readFile(join(folder, 'latest', 'bench.json'), 'utf8'))).toEqual(report);
  });

  test('measures the API against a bare server, whatever the ratio, and leaves nothing behind', async () => {
    const bench = start('--quick', '--only', 'apiVsNodeHttp', '--out', folder);
    await bench.line('stderr', 'round 1');
    const processes = await bench.descendants();
    expect(processes.length).toBeGreaterThanOrEqual(2);
    const { code, stdout } = await bench.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^apiVsNodeHttp +\d+\.\d\d +/m);
    await allGone(processes);
    expect(await readdir(temporaryFolder)).toEqual([]);
  });

  test('measures CPU per request of every proxy that is installed, or says what is missing', async () => {
    const bench = start('--quick', '--only', 'balancerCpuSmall', '--json', '--out', folder);
    const { code, stdout } = await bench.ended;
    const { figures, cpu, skipped } = JSON.parse(stdout) as BenchReport;
    expect(code).toBe(0);
    const reason = skipped.find(({ name }) => name === 'balancerCpuSmall')?.reason;
    expect(figures.map(({ name }) => name)).toEqual(reason === undefined ? ['balancerCpuSmall'] : []);
    if (reason !== undefined) {
      expect(reason).toMatch(/install it \(|run it on Linux|two cores are needed/);
      return;
    }
    const [{ contenders } = { contenders: [] }] = cpu;
    expect(contenders.map(({ name }) => name)).toEqual(expect.arrayContaining(['nginx', 'balancer']));
    for (const { microsecondsPerRequest } of contenders)
      for (const microseconds of microsecondsPerRequest) expect(microseconds).toBeGreaterThan(1);
  });

  test('explains wrong usage with exit code 2, and writes nothing', async () => {
    const { code, stdout, stderr } = await start('--only', 'memory', '--out', folder).ended;
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Unknown: memory. Allowed, separated by commas: apiVsHono,');
    expect(await readdir(folder)).toEqual([]);
  });

  test('ends all that it started on Ctrl-C, and writes nothing', async () => {
    const bench = start('--only', 'balancerVsNginx', '--out', folder);
    await bench.line('stderr', 'warming up');
    const processes = await bench.descendants();
    bench.process.kill('SIGINT');
    expect((await bench.ended).code).toBe(130);
    await allGone(processes);
    expect(await readdir(folder)).toEqual([]);
    expect(await readdir(temporaryFolder)).toEqual([]);
  });

  test('takes its servers along when it is killed outright', async () => {
    const bench = start('--quick', '--only', 'balancerAddedP50Ms', '--out', folder);
    await bench.line('stderr', 'warming up');
    const processes = await bench.descendants();
    bench.process.kill('SIGKILL');
    await bench.ended;
    await allGone(processes);
  });
});

describe('bench --peer', () => {
  test.each(['hono', 'node-http', 'socket', 'fastify', 'express'])(
    '%s gives the API’s greeting until its input ends',
    async (name) => {
      const peer = start('--peer', name);
      const { url } = JSON.parse(await peer.line('stdout', 'url')) as { readonly url: string };
      const response = await fetch(url, { headers: { connection: 'close' } });
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toEqual({ message: 'Hello from Tideline', version: '0.0.0' });
      peer.process.stdin.end();
      expect((await peer.ended).code).toBe(0);
    },
  );

  test('refuses an unknown peer', async () => {
    const { code, stderr } = await start('--peer', 'koa').ended;
    expect(code).toBe(2);
    expect(stderr).toContain('got "koa"; allowed: hono, node-http, socket, fastify, express');
  });
});
