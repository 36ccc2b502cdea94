import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseRunRecord } from '@tideline/evidence';

const program = resolve(import.meta.dirname, '../../../../dist/apps/twin/main.mjs');

/** Enough load to ask for the maximum, and not more than a small machine sends with ease. */
const profile = {
  name: 'short',
  stages: [{ users: 10, usersPerSecond: 10, holdSeconds: 540, requestsPerSecond: 60 }],
  endpoints: [{ path: '/' }, { path: '/health' }],
};

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-run-'));
  await writeFile(join(folder, 'short.json'), JSON.stringify(profile));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `twin run`; `onProgress` hears of everything on stderr so far. */
function run(
  args: readonly string[],
  {
    profile: name = join(folder, 'short.json'),
    onProgress = () => undefined,
  }: { readonly profile?: string; readonly onProgress?: (stderr: string) => void } = {},
): Promise<Finished> {
  const started = spawn(process.execPath, [program, 'run', '--profile', name, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let stdout = '';
  let stderr = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    onProgress(stderr);
  });
  return new Promise((done) => started.once('close', (code) => done({ code, stdout, stderr })));
}

test('a trace that cannot be read is refused before anything starts', async () => {
  const trace = join(folder, 'requests.csv');
  await writeFile(trace, 'time,requests\n2026-03-01T08:00:00Z,60\n2026-03-01T08:01:00Z,-1\n');
  const { code, stdout, stderr } = await run(['--preset', 'fargate-alb', '--trace', trace]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^twin: TL-TRACE-NEGATIVE .*requests\.csv:3: got -1; /);
});

const readRecord = async () =>
  parseRunRecord(JSON.parse(await readFile(join(folder, 'out', 'latest', 'run-record.json'), 'utf8')));

describe('twin run', () => {
  test('scales out under load and back in, loses no request, and proves it', async () => {
    // The target that only pins the service at its maximum, which the run says.
    const { code, stdout } = await run([
      ...['--set', 'scaling.policies.requests-per-target.metric.requestsPerTargetPerMinute=50'],
      '--speed',
      '30',
      '--idle-speed',
      '240',
      '--json',
      '--out',
      join(folder, 'out'),
    ]);
    const record = await readRecord();
    expect(record.verdict.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(record.scaling).toMatchObject({ minTasks: 2, maxTasks: 6, peakRunning: 6, finalRunning: 2 });
    expect(record.load.failures).toEqual({ total: 0, byKind: {} });
    expect(record.load.phases.map(({ name }) => name)).toEqual([
      'before-scale-out',
      'during-scale-out',
      'after-scale-out',
    ]);
    expect(record.speed.map(({ speed }) => speed)).toEqual(expect.arrayContaining([30, 240]));
    expect(record.warnings.map(({ code: warning }) => warning)).toContain('TL-WARN-REQUESTS-TARGET');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { passed: true } });
  });

  // The idle speed is not the highest there is: health checks come at cloud time, and take real CPU time of an idle task.
  test.each([
    ['blue-green', { minTasks: 1, maxTasks: 4, finalRunning: 1 }, ['cpu-high', 'cpu-low']],
    ['fargate-alb', { minTasks: 2, maxTasks: 6, finalRunning: 2 }, ['cpu']],
  ])(
    'scales the tasks of %s out and back in on CPU, and loses no request',
    async (preset, scaling, policies) => {
      const { code, stdout } = await run(
        ['--preset', preset, '--speed', '60', '--idle-speed', '120', '--json', '--out', join(folder, 'out')],
        { profile: 'steady' },
      );
      const record = await readRecord();
      expect(record.verdict.checks.filter(({ passed }) => !passed)).toEqual([]);
      expect(record).toMatchObject({ preset, scaling });
      expect(record.scaling.peakRunning).toBeGreaterThan(scaling.minTasks);
      expect(record.scaling.policies.map(({ name }) => name)).toEqual(policies);
      expect(record.load.failures.total).toBe(0);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ verdict: { passed: true } });
    },
  );

  test('scales a group of instances out and back in on CPU, and each session holds what its client put there', async () => {
    const { code, stdout } = await run(
      [
        ...['--preset', 'stateless-asg', '--speed', '60', '--json', '--out', join(folder, 'out')],
        // The same utilisation for a third of the work: a busy machine keeps up with it.
        ...['--set', 'assumptions.instanceCpuUnits=128', '--set', 'container.cpuMillisecondsPerRequest=7'],
      ],
      { profile: 'sessions' },
    );
    const record = await readRecord();
    expect(record.verdict.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(record.scaling).toMatchObject({ unit: 'instance', minTasks: 2, maxTasks: 10, finalRunning: 2 });
    expect(record.scaling.peakRunning).toBeGreaterThan(2);
    expect(record.load.failures.total).toBe(0);
    expect(record.scaling.policies.map(({ metricKey }) => metricKey)).toEqual([
      'AWS/EC2/CPUUtilization/Average',
    ]);
    expect(['redis', 'embedded']).toContain(record.stores?.sessions.kind);
    // Ten clients, whose sessions are asked once more when the instances that the load brought are gone.
    expect(record.kept).toMatchObject({ sessions: 10, wrong: 0 });
    expect(record.verdict.checks.map(({ name }) => name)).toContain('sessions-kept');
    expect(record.assumptions.map(({ code: assumption }) => assumption)).toContain('TL-ASSUME-WARM-UP');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { passed: true } });
  });

  test('sells a stock out to 100 buyers, with instances that follow the tasks, and sells no unit twice', async () => {
    const { code, stdout } = await run(
      [
        '--preset',
        'flash-sale',
        '--speed',
        '30',
        '--idle-speed',
        '240',
        '--json',
        '--out',
        join(folder, 'out'),
      ],
      { profile: 'flash' },
    );
    const record = await readRecord();
    expect(record.verdict.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(record.verdict.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['scaled-out', 'scaled-in', 'instances-scaled-in', 'stock-kept']),
    );
    expect(record.scaling).toMatchObject({ peakRunning: 3, finalRunning: 1 });
    expect(record.scaling.capacityProvider).toMatchObject({ peakActive: 3, finalActive: 1 });
    expect(record.sale).toMatchObject({ total: 300, soldBefore: 0, sold: 300, inCarts: 300 });
    expect(record.sale).toHaveProperty('asked', expect.any(Number));
    expect(record.load.failures.total).toBe(0);
    expect(record.load.phases.map(({ name }) => name)).toEqual([
      'before-scale-out',
      'during-scale-out',
      'after-scale-out',
    ]);
    for (const { latencyMs } of record.load.phases) expect(latencyMs.p99).toBeGreaterThan(0);
    const latency = record.verdict.notJudged?.find(({ name }) => name === 'latency-p99');
    expect(latency?.reason).toBe('latency budgets hold in real time, and the load ran at speed 30');
    const said = record.scaling.events.map(({ message }) => message).join('\n');
    for (const sentence of [
      'was unable to place a task because no container instance met all of its requirements',
      'has started',
      'has reached a steady state',
      'Managed scaling changed the desired capacity from 1 to 3',
    ])
      expect(said).toContain(sentence);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { passed: true } });
  });

  test('ends everything on Ctrl-C, and leaves a partial record that says so', async () => {
    let interrupted = false;
    const onProgress = (stderr: string): void => {
      if (interrupted || !/healthy \| [1-9]\d* requests\/s/.test(stderr)) return;
      interrupted = true;
      child?.kill('SIGINT');
    };
    const { code } = await run(['--speed', '30', '--out', join(folder, 'out')], { onProgress });
    expect(code).toBe(130);
    const record = await readRecord();
    expect(record.status).toBe('interrupted');
    expect(record.verdict.passed).toBe(false);
    expect(await processesOf(folder)).toEqual([]);
  });
});

/** Command lines of processes that still mention this test’s folder, or run as its children. */
async function processesOf(mark: string): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(mark));
}
