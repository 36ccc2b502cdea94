import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { FakeTargetGroup } from '../../test/fake-target-group.ts';
import { FakeTaskRuntime } from '../../test/fake-task-runtime.ts';
import { atOnce } from '../../test/at-once.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { Task } from '../tasks/task.ts';
import { MetricStore } from './metric-store.ts';
import { serviceUtilisationKeys } from '../service/service-scheduler.ts';
import { UtilisationCollector } from './utilisation-collector.ts';

const { cpu: cpuUtilisationKey, memory: memoryUtilisationKey } = serviceUtilisationKeys;

/** Two running tasks of a quarter of a vCPU and 512 MiB each, at their first reading, at the beginning of a minute. */
async function rig() {
  const clock = new VirtualClock();
  const runtime = new FakeTaskRuntime();
  const targets = new FakeTargetGroup({ clock, passes: () => true, onChange: () => undefined });
  const tasks = ['one', 'two'].map(
    (id) =>
      new Task({
        id,
        availabilityZone: 'a',
        definition: { revision: 1, version: '1', variables: {} },
        startSeconds: 20,
        stopTimeoutSeconds: 30,
        noticedAfterSeconds: atOnce,
        clock,
        runtime,
        targets,
        onChange: () => undefined,
      }),
  );
  await clock.advance(60);
  const store = new MetricStore();
  const collector = new UtilisationCollector({
    environment: resolveEnvironment({ preset: 'rig', compute: { kind: 'fargate' } }),
    clock,
    store,
    fleet: {
      measured: () => tasks.filter(({ state }) => state === 'RUNNING'),
      utilisationKeys: serviceUtilisationKeys,
    },
  });
  const use = (id: string, cpuSeconds: number, readAtMs: number): void => {
    runtime.of(id).reading = { cpuSeconds, memoryMiB: 128, readAtMs };
  };
  const cpu = (): readonly number[] => store.all(cpuUtilisationKey).map(({ value }) => value);
  return { clock, runtime, tasks, store, collector, use, cpu };
}

describe('UtilisationCollector', () => {
  test('is what the tasks used since the reading before, over what they reserve', async () => {
    const { collector, tasks, use, cpu, store } = await rig();
    use('one', 3, 1000);
    use('two', 9, 1000);
    for (const task of tasks) await collector.begin(task);
    // In one second, 0.25 + 0.125 of 2 x 0.25 CPU seconds.
    use('one', 3.25, 2000);
    use('two', 9.125, 2000);
    await collector.collect(60);
    expect(cpu()).toEqual([75]);
    expect(store.all(memoryUtilisationKey)).toEqual([{ startSeconds: 60, value: 25, running: 2 }]);
  });

  test('a task without a first reading counts from its next one on', async () => {
    const { collector, tasks, use, cpu } = await rig();
    await collector.begin(tasks[0]!);
    use('one', 0.125, 1000);
    use('two', 100, 1000);
    await collector.collect(60);
    expect(cpu()).toEqual([50]);
    use('one', 0.125, 2000);
    use('two', 100.25, 2000);
    await collector.collect(120);
    expect(cpu()).toEqual([50, 50]);
  });

  test('counts a task that began within the period for its share of it', async () => {
    const { collector, tasks, use, store } = await rig();
    await collector.begin(tasks[0]!);
    use('two', 0, 750);
    await collector.begin(tasks[1]!);
    use('one', 0.25, 1000);
    use('two', 0.0625, 1000);
    await collector.collect(60);
    // The value times the count is what was used: 0.3125 CPU seconds, of 0.25 that one task has in a second.
    expect(store.all(cpuUtilisationKey)).toEqual([{ startSeconds: 60, value: 100, running: 1.25 }]);
  });

  test('cannot exceed what is reserved', async () => {
    const { collector, tasks, use, cpu } = await rig();
    for (const task of tasks) await collector.begin(task);
    use('one', 1, 1000);
    use('two', 1, 1000);
    await collector.collect(60);
    expect(cpu()).toEqual([100]);
  });

  test('a task that does not answer is left out', async () => {
    const { collector, runtime, tasks, use, cpu } = await rig();
    for (const task of tasks) await collector.begin(task);
    runtime.of('two').freeze();
    use('one', 0.05, 1000);
    await collector.collect(60);
    expect(cpu()[0]).toBeCloseTo(20);
  });

  test('a process that has been started again counts from its next reading on', async () => {
    const { collector, tasks, use, cpu } = await rig();
    use('one', 5, 0);
    for (const task of tasks) await collector.begin(task);
    use('one', 0.1, 1000);
    await collector.collect(60);
    use('one', 0.15, 2000);
    await collector.collect(120);
    expect(cpu()).toHaveLength(1);
    expect(cpu()[0]).toBeCloseTo(20);
  });

  test('has no datapoint when no task answers', async () => {
    const { collector, runtime, tasks, store } = await rig();
    for (const task of tasks) await collector.begin(task);
    for (const task of tasks) runtime.of(task.id).kill();
    await collector.collect(60);
    expect(store.series()).toEqual([]);
  });

  test('forgets a task that has stopped, also when its reading comes in late', async () => {
    const { clock, collector, runtime, tasks, use, cpu } = await rig();
    const late = collector.begin(tasks[0]!);
    runtime.of('one').exit({ code: 1, signal: null });
    await clock.advance(1);
    await late;
    collector.forget('one');
    use('two', 0, 500);
    await collector.collect(60);
    expect(cpu()).toEqual([]);
  });

  test('a reading that takes long delays only the datapoints, whose order it keeps', async () => {
    const { collector, runtime, tasks, use, store } = await rig();
    for (const task of tasks) await collector.begin(task);
    let answer: () => void = () => undefined;
    const slow = runtime.of('two');
    slow.usage = () => new Promise((resolve) => (answer = () => resolve(undefined)));
    use('one', 0.125, 1000);
    const first = collector.collect(60);
    slow.usage = () => Promise.resolve(undefined);
    use('one', 0.375, 2000);
    const second = collector.collect(120);
    await Promise.resolve();
    expect(store.series()).toEqual([]);
    answer();
    await Promise.all([first, second]);
    expect(store.all(cpuUtilisationKey)).toEqual([
      { startSeconds: 60, value: 50, running: 1 },
      { startSeconds: 120, value: 100, running: 1 },
    ]);
  });

  test('a period that was not seen whole gives no datapoint', async () => {
    const { clock, collector, tasks, use, cpu } = await rig();
    await clock.advance(39);
    await collector.begin(tasks[0]!);
    await clock.advance(21);
    use('one', 0.25, 1000);
    await collector.collect(60);
    expect(cpu()).toEqual([]);
    await clock.advance(60);
    use('one', 0.375, 2000);
    await collector.collect(120);
    expect(cpu()).toEqual([50]);
  });

  test('a late reading is shared out between the period that has ended and the next one', async () => {
    const { clock, collector, tasks, use, cpu } = await rig();
    await collector.begin(tasks[0]!);
    await clock.advance(60 + 20);
    use('one', 0.2, 1000);
    await collector.collect(60);
    await clock.advance(40);
    use('one', 0.2, 1500);
    await collector.collect(120);
    expect(cpu()[0]).toBeCloseTo(80);
    // 0.05 of the 0.2 CPU seconds were used after the minute’s end, in 0.25 of the 0.75 s of the next one.
    expect(cpu()[1]).toBeCloseTo((0.05 / (0.75 * 0.25)) * 100);
  });

  test('a task that leaves within the period counts for the time until then', async () => {
    const { clock, collector, tasks, use, store } = await rig();
    for (const task of tasks) await collector.begin(task);
    await clock.advance(15);
    use('two', 0.0625, 250);
    tasks[1]!.stop('scaled in');
    await clock.advance(0);
    const left = collector.leave(tasks[1]!);
    await clock.advance(45);
    await left;
    use('one', 0.125, 1000);
    await collector.collect(60);
    // 0.1875 CPU seconds of the 0.25 that one task has in a second, over one task and a quarter.
    expect(store.all(cpuUtilisationKey)).toEqual([{ startSeconds: 60, value: 60, running: 1.25 }]);
    await clock.advance(60);
    use('one', 0.25, 2000);
    await collector.collect(120);
    expect(store.all(cpuUtilisationKey).at(-1)).toEqual({ startSeconds: 120, value: 50, running: 1 });
  });

  test('of a task that leaves and answers late, what it used until it left counts', async () => {
    const { clock, collector, runtime, tasks, use, store } = await rig();
    for (const task of tasks) await collector.begin(task);
    await clock.advance(15);
    let answer: () => void = () => undefined;
    runtime.of('two').usage = () =>
      new Promise((resolve) => {
        answer = () => resolve({ cpuSeconds: 0.125, memoryMiB: 128, readAtMs: 500 });
      });
    tasks[1]!.stop('scaled in');
    await clock.advance(0);
    const left = collector.leave(tasks[1]!);
    await clock.advance(15);
    answer();
    await left;
    await clock.advance(30);
    use('one', 0.125, 1000);
    await collector.collect(60);
    expect(store.all(cpuUtilisationKey)).toEqual([{ startSeconds: 60, value: 60, running: 1.25 }]);
  });

  test('a period over which one task takes over from another was seen whole', async () => {
    const { clock, collector, tasks, use, store } = await rig();
    await collector.begin(tasks[0]!);
    await clock.advance(30);
    use('one', 0.125, 500);
    use('two', 0, 500);
    await collector.begin(tasks[1]!);
    tasks[0]!.stop('replaced');
    await clock.advance(0);
    await collector.leave(tasks[0]!);
    await clock.advance(30);
    use('two', 0.125, 1000);
    await collector.collect(60);
    expect(store.all(cpuUtilisationKey)).toEqual([{ startSeconds: 60, value: 100, running: 1 }]);
  });

  test('a task that has left without an answer is lost, and a pause without any gives no datapoint', async () => {
    const { clock, collector, runtime, tasks, use, cpu } = await rig();
    await collector.begin(tasks[0]!);
    await clock.advance(30);
    runtime.of('one').freeze();
    await collector.leave(tasks[0]!);
    await clock.advance(1);
    use('two', 0, 516);
    await collector.begin(tasks[1]!);
    await clock.advance(29);
    use('two', 0.125, 1000);
    await collector.collect(60);
    expect(cpu()).toEqual([]);
  });
});
