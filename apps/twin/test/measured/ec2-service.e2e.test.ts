import { afterEach, describe, expect, test } from '@jest/globals';
import type { ScalingActivity } from '@tideline/evidence';
import { ConcurrentLoad } from '../concurrent-load.ts';
import { eventually } from '../eventually.ts';
import { TwinClient, TwinProcess } from '../twin-process.ts';

const users = 16;

let twin: TwinProcess | undefined;
let load: ConcurrentLoad | undefined;

afterEach(async () => {
  await twin?.remove();
  await load?.stop();
  twin = undefined;
  load = undefined;
});

async function up(...args: readonly string[]): Promise<TwinClient> {
  twin = await TwinProcess.start(
    ...['up', '--preset', 'flash-sale', '--json', '--speed', '60'],
    ...['--set', 'sessions.store=none', '--set', 'storefront.enabled=false'],
    ...['--set', 'assumptions.metricLagSeconds=10'],
    ...args,
  );
  return TwinClient.of(twin);
}

/** Waits until so many tasks run and are healthy. */
const tasksRun = (client: TwinClient, count: number) =>
  eventually(
    () => client.observe(),
    ({ service }) => service.running === count && service.healthy === count,
  );

const unable = (messages: readonly string[]): readonly string[] =>
  messages.filter((message) => message.includes('was unable to place a task'));

describe('tasks on instances', () => {
  test('rise from one to three under load, and instances follow them', async () => {
    const client = await up();
    load = new ConcurrentLoad(client.url, users);
    const { capacityProvider, activities } = await tasksRun(client, 3);
    await load.stop();
    expect(load.failures).toEqual({});
    expect(capacityProvider?.instances).toMatchObject({ desired: 3, active: 3 });
    // A task may burst to all of its instance: one step or two, as the machine gives it.
    const counts = (list: readonly ScalingActivity[]) =>
      list.filter(({ to, from }) => to !== from).map(({ to }) => to);
    expect(counts(activities).at(-1)).toBe(3);
    expect(counts(capacityProvider?.activities ?? [])).toEqual(counts(activities));
    const instances = await client.containerInstances();
    expect(instances.map(({ state, tasks, remaining }) => [state, tasks.length, remaining])).toEqual(
      Array.from({ length: 3 }, () => ['ACTIVE', 1, { cpuUnits: 768, memoryMiB: 1324 }]),
    );
    expect(new Set(instances.map(({ availabilityZone }) => availabilityZone)).size).toBeGreaterThan(1);
  });

  test('wait in PROVISIONING at the maximum of instances, say why, and start when there is room', async () => {
    const client = await up('--set', 'compute.instances.max=1');
    load = new ConcurrentLoad(client.url, users);
    const { capacityProvider } = await eventually(
      () => client.observe(),
      ({ capacityProvider: provider }) =>
        provider?.activities.some(({ reasonCode }) => reasonCode === 'AlreadyAtMaxCapacity') === true,
    );
    expect(capacityProvider?.instances).toMatchObject({ desired: 1, active: 1 });
    expect(capacityProvider?.waitingTasks).toBeGreaterThan(0);
    const [first, ...rest] = (await client.tasks()).map(({ state }) => state);
    expect(first).toBe('RUNNING');
    expect(new Set(rest)).toEqual(new Set(['PROVISIONING']));
    expect(unable(await client.messages())).toEqual([
      expect.stringContaining('Reason: No Container Instances were found in your capacity provider'),
      expect.stringMatching(
        /The closest matching \(container-instance [\da-f]{32}\) encountered error "DistinctInstance placement constraint unsatisfied\."/,
      ),
    ]);
    await load.stop();
    expect(load.failures).toEqual({});

    const [running, waiting] = await client.tasks();
    await client.send('DELETE', `/tasks/${running!.id}`);
    const started = await eventually(
      () => client.tasks(),
      (tasks) => tasks.find(({ id }) => id === waiting!.id)?.health === 'healthy',
    );
    expect(started.find(({ id }) => id === waiting!.id)?.host?.hostPort).toBeGreaterThanOrEqual(32_768);
  });

  test('are placed again when their instance is killed, which is replaced', async () => {
    const client = await up('--set', 'capacity.max=1');
    const [victim] = await client.containerInstances();
    const [task] = await client.tasks();
    await client.send('POST', `/container-instances/${victim!.id}/kill`);
    await client.steady(2);
    const [instance, ...others] = await client.containerInstances();
    expect(others).toEqual([]);
    expect(instance).toMatchObject({ state: 'ACTIVE' });
    expect(instance!.id).not.toBe(victim!.id);
    const tasks = await client.tasks();
    expect(tasks).toMatchObject([
      { state: 'RUNNING', health: 'healthy', host: { instanceId: instance!.id } },
    ]);
    expect(tasks[0]!.id).not.toBe(task!.id);
    expect((await client.messages()).join('\n')).toContain(`Host EC2 (instance ${victim!.id}) terminated`);
  });

  test('lose no request when their instance is terminated in order', async () => {
    const client = await up('--set', 'capacity.max=1');
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    const [leaving] = await client.containerInstances();
    await client.send('DELETE', `/container-instances/${leaving!.id}`);
    await client.steady(2);
    await load.answer(200);
    await load.stop();
    expect(load.failures).toEqual({});
    expect((await client.containerInstances()).map(({ id }) => id)).not.toContain(leaving!.id);
  });
});
