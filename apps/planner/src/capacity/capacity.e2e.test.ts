import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { capacitySchema } from '@tideline/planner';

const program = resolve(import.meta.dirname, '../../../../dist/apps/planner/main.mjs');

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tideline-capacity-test-')));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await gone();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the bundled command in the test’s folder. */
function capacity(...args: readonly string[]) {
  const own = spawn(process.execPath, [program, 'capacity', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = own;
  const said = { stdout: '', stderr: '' };
  own.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  own.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const exited = new Promise<number | null>((done) => own.once('close', done));
  return { said, exited, kill: (signal: NodeJS.Signals) => own.kill(signal) };
}

/** Ids of all processes that were started in the test’s folder: the command, its twin, tasks and load. Empty without /proc. */
async function processes(): Promise<readonly string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')));
  return ids.filter((_, index) => folders[index] === folder);
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await wait(50);
}

const gone = (): Promise<void> => until(async () => (await processes()).length === 0);

/** A task whose requests cost half of 5 ms: a quarter vCPU carries less than 100 a second, whatever the machine. */
const small = [
  '--set',
  'container.cpuMillisecondsPerRequest=5',
  '--slo',
  'p90=2s,errors=5%',
  '--start',
  '50',
];

describe('capacity of a service on a twin', () => {
  test('is found where it takes all of its CPU share, and everything that was started has ended', async () => {
    const { said, exited } = capacity(...small, '--seconds', '45', '--json');
    expect({ exitCode: await exited, stderr: said.stderr }).toMatchObject({ exitCode: 0 });
    const measured = capacitySchema.parse(JSON.parse(said.stdout));
    expect(JSON.parse(await readFile(join(folder, 'capacity.json'), 'utf8'))).toEqual(
      JSON.parse(said.stdout),
    );
    expect(measured).toMatchObject({
      source: 'measured',
      unit: 'task',
      limitedBy: 'cpu-share',
      cpuShare: { enforced: false },
      environment: { preset: 'load-driven', capacity: { min: 1, max: 1 } },
    });
    expect(measured.requestsPerSecond.value).toBeGreaterThan(50);
    expect(measured.requestsPerSecond.value).toBeLessThan(100);
    expect(measured.cpuMillisecondsPerRequest).toBeGreaterThan(2.5);
    expect(measured.proposal?.cpuTargetPercent).toBeGreaterThan(50);
    expect(said.stderr).toMatch(/^climb +50\.0 requests\/s/m);
    expect(await processes()).toEqual([]);
  });

  test.each(['SIGINT', 'SIGKILL'] as const)(
    'that is ended by %s under load leaves no process behind',
    async (signal) => {
      const { said, exited, kill } = capacity(...small);
      await until(() => said.stderr.includes('climb'));
      expect((await processes()).length).toBeGreaterThan(2);
      kill(signal);
      expect(await exited).toBe(signal === 'SIGINT' ? 130 : null);
      if (signal === 'SIGINT') expect(await processes()).toEqual([]);
      await gone();
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test('whose URL does not answer is refused with what the load runner says', async () => {
    const { said, exited } = capacity('--url', 'http://127.0.0.1:9');
    expect(await exited).toBe(2);
    expect(said.stderr).toMatch(/TL-RUN-TARGET .*127\.0\.0\.1:9/);
    expect(await readdir(folder)).toEqual([]);
  });
});
