import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bucketNames, presetInput, resolveEnvironment } from '@tideline/config';
import { parseRunRecord } from '@tideline/evidence';
import { findExecutable } from '@tideline/process';
import { deployForLoad } from './emulated-load.ts';
import { workspaceRoot } from './workflow.ts';

const hasMoto = findExecutable('moto_server', process.env.PATH ?? '') !== undefined;
const why = hasMoto
  ? ''
  : ' (missing: moto_server; docs/how-to/try-without-an-account.md says how to get it)';

// An environment of its own, so that nothing of the user’s is mistaken for it.
const environment = resolveEnvironment({ ...presetInput('load-driven'), stage: 'e2e' });
const runsBucket = bucketNames(environment, '123456789012').runs;

(hasMoto ? describe : describe.skip)(`pipeline load, against the emulator${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tideline-load-'));
  const out = join(folder, 'reports');
  const children: ChildProcess[] = [];
  let variables: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    const emulator = start(
      [
        ...['--import', 'tsx', 'libs/aws-emulator/src/main.ts', '--json'],
        ...['--task-program', 'tideline-e2e-load-runner=dist/apps/load-runner/main.mjs'],
      ],
      // Tasks of services do not run in moto: it is told to report two.
      { MOTO_ECS_SERVICE_RUNNING: '2' },
    );
    const account = JSON.parse(await firstLine(emulator)) as Record<string, string>;
    const api = start(['dist/apps/api/main.mjs'], { HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0' });
    const { port } = JSON.parse(await firstLine(api)) as { port: number };
    children.push(emulator, api);
    variables = {
      ...process.env,
      ...account,
      TIDELINE_STAGE: 'e2e',
      // What the SDK thinks of Node’s version is no part of what a program prints.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
    Object.assign(process.env, account);
    await deployForLoad(environment, `http://127.0.0.1:${port}`);
  }, 120_000);

  afterAll(async () => {
    for (const child of children.toReversed()) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the bundled pipeline with a profile of the user’s, held for some seconds. */
  function load(holdSeconds: number, ...more: string[]) {
    const profile = join(folder, `${holdSeconds}.json`);
    // A busy machine sends late; that is not what is tested here.
    const thresholds = { minRateFraction: 0 };
    const stages = [{ users: 2, usersPerSecond: 100, holdSeconds, requestsPerSecond: 10 }];
    writeFileSync(
      profile,
      JSON.stringify({ name: 'gentle', stages, endpoints: [{ path: '/health' }], thresholds }),
    );
    const child = spawn(
      process.execPath,
      [
        ...['dist/apps/pipeline/main.mjs', 'load', '--preset', 'load-driven'],
        ...['--profile', profile, '--out', out, ...more],
      ],
      { cwd: workspaceRoot, env: variables, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number, stdout, stderr }));
    /** Settles with what a line of the transcript matches. */
    const said = (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(stderr);
          if (found !== null) resolve(found[1] ?? found[0]);
        };
        child.stderr.on('data', look);
        void ended.then(() => reject(new Error(`it never said ${String(pattern)}:\n${stderr}`)));
        look();
      });
    return { child, ended, said };
  }

  const leftInS3 = async () => {
    const s3 = new S3Client({ region: 'us-east-1', forcePathStyle: true });
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: runsBucket }));
    return Contents.map(({ Key }) => Key);
  };
  const recordIn = (run: string) =>
    parseRunRecord(JSON.parse(readFileSync(join(out, run, 'run-record.json'), 'utf8')));

  test('a run inside AWS is followed, judged with its scaling, and fetched; nothing is left', async () => {
    const summary = join(folder, 'summary.md');
    const { ended, said } = load(2, '--json', '--summary', summary);
    const run = await said(/run (load-\S+):/);
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/task \S+: RUNNING\n[^]*\n\| .*gentle[^]*\ntask \S+: STOPPED\n/);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'load',
      environment: 'tideline-e2e',
      run,
      passed: true,
    });
    const record = recordIn(run);
    expect(record).toMatchObject({ status: 'completed', observedBy: 'aws', profile: 'gentle' });
    expect(record.verdict.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['scaled-out', 'scaled-in', 'healthy-at-end']),
    );
    expect(readdirSync(join(out, run)).sort()).toEqual(
      ['profile.json', 'report.html', 'report.md', 'run-record.json', 'run.log'].sort(),
    );
    expect(readFileSync(summary, 'utf8')).toContain('gentle');
    expect(await leftInS3()).toEqual([]);
  }, 60_000);

  test('an interrupted run stops its task, and fetches what that has', async () => {
    const { child, ended, said } = load(600);
    const run = await said(/run (load-\S+):/);
    await said(/\n\| .*gentle/);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toMatchObject({ code: 130 });
    expect(stderr).toContain('the user asked the pipeline to stop');
    expect(stdout).toContain('interrupted, ');
    expect(recordIn(run).status).toBe('interrupted');
    expect(tasksOf(run)).toEqual([]);
    expect(await leftInS3()).toEqual([]);
  }, 60_000);

  test('a task that dies is reported in AWS’s words, with its log', async () => {
    const { ended, said } = load(600);
    const run = await said(/run (load-\S+):/);
    await said(/\n\| .*gentle/);
    for (const pid of tasksOf(run)) process.kill(pid, 'SIGKILL');
    const { code, stderr } = await ended;
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toMatch(
      /TL-PIPE-LOAD-DIED the task ended without a record: EssentialContainerExited, Essential container in task exited, exit code 137\..*loadRunner\.memoryMiB/,
    );
    expect(readFileSync(join(out, run, 'run.log'), 'utf8')).toContain('gentle');
    expect(existsSync(join(out, run, 'run-record.json'))).toBe(false);
    expect(await leftInS3()).toEqual([]);
  }, 60_000);
});

/** Processes that stand for the tasks of a run. */
const tasksOf = (run: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').includes(`/runs/${run}`);
      } catch {
        return false;
      }
    })
    .map(Number);

function start(args: readonly string[], more: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, args, {
    ...{ cwd: workspaceRoot, stdio: ['ignore', 'pipe', 'ignore'] },
    env: { ...process.env, NODE_OPTIONS: '', ...more },
  });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface({ input: stdout! }), 'line')) as [string];
  return line;
}
