import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { loadProfile } from '@tideline/config';
import type { TaskState } from '../aws/load-tasks.ts';
import type { Pipeline } from '../pipeline.ts';
import { FakeAccount, fakePipeline, never, rejection, waitingPipeline } from '../../test/fake-pipeline.ts';
import { newRunId, runLoad } from './run-load.ts';

const seen = (lastStatus: string, more: Partial<TaskState> = {}): TaskState => ({
  ...{ lastStatus, stopCode: null, stoppedReason: null, exitCode: null, containerReason: null },
  ...more,
});
const exited = (exitCode: number, more: Partial<TaskState> = {}): TaskState =>
  seen('STOPPED', {
    ...{
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      exitCode,
    },
    ...more,
  });

describe('a load run', () => {
  let fake: FakeAccount;
  let outDir: string;
  let said: string[];

  beforeEach(() => {
    fake = new FakeAccount();
    fake.deployed('network');
    fake.deployed('service', { url: 'http://balancer.example', loadRunnerTaskDefinitionArn: 'load:1' });
    fake.imagesOf.set('load:1', 'the image');
    outDir = mkdtempSync(join(tmpdir(), 'tideline-run-load-'));
    said = [];
  });

  const run = (pipeline: Pipeline = fakePipeline(fake), signal: AbortSignal = never) =>
    runLoad(pipeline, {
      ...{ runId: 'load-1', profile: loadProfile('headline'), outDir, signal, deadlineMs: 3_600_000 },
      say: (line) => said.push(line),
    });

  test('starts the task at the service’s address, with the profile in the bucket before it', async () => {
    fake.taskStates = [exited(2)];
    await rejection(run());
    expect(fake.acts).toEqual([
      'put the runsBucketName/runs/RUN/profile.json',
      'run --target http://balancer.example --allow-remote --observe aws --environment env:OBSERVED_ENVIRONMENT --out /reports --exchange s3://the runsBucketName/runs/load-1',
      'delete runs/RUN',
    ]);
  });

  test('shows every status once, and what the task writes', async () => {
    fake.taskStates = [null, seen('PENDING'), seen('RUNNING'), seen('RUNNING'), exited(2)];
    fake.taskLines = [[], [], ['one'], ['two', 'three']];
    await rejection(run());
    expect(said.slice(2)).toEqual([
      'task abc: PENDING',
      'task abc: RUNNING',
      '| one',
      '| two',
      '| three',
      'task abc: STOPPED',
    ]);
    expect(readFileSync(join(outDir, 'load-1', 'run.log'), 'utf8')).toBe('one\ntwo\nthree\n');
  });

  test.each([
    ['the bucket of runs', () => fake.withoutOutput('service', 'runsBucketName')],
    ['the task definition', () => fake.imagesOf.delete('load:1')],
    ['the image', () => (fake.hasLoadRunnerImage = false)],
  ])('is refused without %s, and nothing is put or started', async (_what, remove) => {
    remove();
    expect((await rejection(run())).message).toMatch(/^TL-PIPE-LOAD-TASK .*Run deploy/);
    expect(fake.acts).toEqual([]);
  });

  test('is refused where the environment is not deployed, with the step to run', async () => {
    fake.states.clear();
    expect((await rejection(run())).message).toMatch(/^TL-PIPE-ORDER stack network .*init --from network/);
  });

  test.each<[string, TaskState, RegExp]>([
    [
      'runs out of memory',
      exited(137, { containerReason: 'OutOfMemoryError: Container killed due to memory usage' }),
      /^TL-PIPE-LOAD-DIED .*OutOfMemoryError.*exit code 137.*raise loadRunner\.memoryMiB/,
    ],
    ['refuses the run', exited(2), /^TL-PIPE-LOAD-DIED .*exit code 2.*its last line says why/],
    [
      'cannot be pulled',
      seen('STOPPED', {
        stopCode: 'TaskFailedToStart',
        stoppedReason: 'CannotPullContainerError: not found',
      }),
      /^TL-PIPE-LOAD-START .*CannotPullContainerError: not found\. Run deploy, which pushes the image/,
    ],
    [
      'finds no capacity',
      seen('STOPPED', { stoppedReason: 'Capacity is unavailable at this time' }),
      /^TL-PIPE-LOAD-START .*Capacity is unavailable.*try again later/,
    ],
    ['stops, and AWS gives no reason', seen('STOPPED'), /^TL-PIPE-LOAD-START .*AWS gives no reason/],
  ])('of a task that %s fails with AWS’s reason, and leaves nothing', async (_how, state, message) => {
    fake.taskStates = [state];
    expect((await rejection(run())).message).toMatch(message);
    expect(fake.acts.at(-1)).toBe('delete runs/RUN');
  });

  test.each([
    ['no JSON', '{'],
    ['another version’s', '{"schemaVersion":0}'],
  ])('fails for a record that is %s, which is kept here', async (_what, text) => {
    fake.taskStates = [exited(0)];
    const pipeline = waitingPipeline(fake, { onWait: () => fake.runFiles.set('run-record.json', text) });
    expect((await rejection(run(pipeline))).message).toMatch(/^TL-PIPE-LOAD-RECORD .*run deploy/);
    expect(readdirSync(join(outDir, 'load-1')).sort()).toEqual([
      'profile.json',
      'run-record.json',
      'run.log',
    ]);
  });

  test('that the user stops, stops its task, waits for its end, and has no record to judge', async () => {
    fake.taskStates = [seen('RUNNING'), seen('STOPPING'), exited(130, { stopCode: 'UserInitiated' })];
    const user = new AbortController();
    const pipeline = waitingPipeline(fake, { onWait: () => user.abort() });
    const { record, task } = await run(pipeline, user.signal);
    expect({ record, stoppedFor: task.stoppedFor }).toEqual({ record: null, stoppedFor: 'interrupted' });
    expect(fake.acts).toContain('stop: the user asked the pipeline to stop');
    expect(fake.acts.at(-1)).toBe('delete runs/RUN');
  });

  test('that the user stops before its task starts, starts none and leaves nothing', async () => {
    const user = new AbortController();
    user.abort();
    expect((await rejection(run(fakePipeline(fake), user.signal))).name).toBe('InterruptedError');
    expect(fake.acts.map((act) => act.split(' ')[0])).toEqual(['put', 'delete']);
  });

  test('that ECS does not start leaves nothing', async () => {
    const pipeline = fakePipeline(fake);
    const loadTasks = { ...pipeline.cloud.loadTasks, run: () => Promise.reject(new Error('no network')) };
    await rejection(run({ ...pipeline, cloud: { ...pipeline.cloud, loadTasks } }));
    expect(fake.acts.map((act) => act.split(' ')[0])).toEqual(['put', 'delete']);
  });

  test('is stopped once at its deadline', async () => {
    fake.taskStates = [seen('RUNNING')];
    const pipeline = waitingPipeline(fake, {
      onWait: () => {
        if (fake.acts.some((act) => act.startsWith('stop'))) fake.taskStates = [exited(130)];
      },
    });
    expect((await rejection(run(pipeline))).message).toMatch(/^TL-PIPE-LOAD-TIME .*3600 s.*--deadline/);
    expect(fake.acts.filter((act) => act.startsWith('stop'))).toEqual([
      'stop: the run took longer than its deadline',
    ]);
  });

  test('gives up a task that does not start in ten minutes', async () => {
    fake.taskStates = [seen('PROVISIONING')];
    const pipeline = waitingPipeline(fake, {
      onWait: () => {
        if (fake.acts.some((act) => act.startsWith('stop'))) fake.taskStates = [seen('STOPPED')];
      },
    });
    expect((await rejection(run(pipeline))).message).toMatch(/^TL-PIPE-LOAD-START/);
    expect(fake.acts).toContain('stop: the task did not start in time');
  });

  test('names a task that does not end though it was stopped', async () => {
    fake.taskStates = [seen('RUNNING')];
    const user = new AbortController();
    const pipeline = waitingPipeline(fake, { onWait: () => user.abort() });
    const message = (await rejection(run(pipeline, user.signal))).message;
    expect(message).toMatch(/^TL-PIPE-LOAD-TIME task arn:\S+ has not ended 240 s after it was stopped/);
    // What it may still write is not deleted under it.
    expect(said.at(-1)).toMatch(/^what the run left is in s3:.*for a week$/);
  });

  test('outlives AWS’s silence for two minutes, then stops what it cannot follow', async () => {
    const pipeline = fakePipeline(fake);
    const loadTasks = {
      ...pipeline.cloud.loadTasks,
      describe: () => Promise.reject(new Error('no network')),
    };
    const error = await rejection(run({ ...pipeline, cloud: { ...pipeline.cloud, loadTasks } }));
    expect(error.message).toBe('no network');
    expect(fake.acts).toContain('stop: the pipeline could not follow the task any more');
  });
});

test('a run id sorts by time, and is a name that ECS takes as a token', () => {
  const id = newRunId(new Date('2026-01-02T03:04:05.678Z'));
  expect(id).toMatch(/^load-20260102T030405-[0-9a-f]{6}$/);
});
