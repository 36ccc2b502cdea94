import { afterEach, describe, expect, test } from '@jest/globals';
import { ConcurrentLoad } from './concurrent-load.ts';
import { eventually } from './eventually.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

const users = 16;
/** Small work per request, and no scaling: what is looked at here is not the CPU’s doing. */
const calm = [
  ...['--set', 'container.cpuMillisecondsPerRequest=1'],
  ...['--set', 'capacity.max=2'],
  ...['--set', 'compute.warmupSeconds=60'],
];

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
    ...['up', '--preset', 'stateless-asg', '--json', '--speed', '60'],
    ...calm,
    ...args,
  );
  return TwinClient.of(twin);
}

describe('an Auto Scaling group under load', () => {
  test('replaces a killed instance, which costs 504s until it is noticed and no other request', async () => {
    const client = await up(
      ...['--set', 'container.cpuMillisecondsPerRequest=10'],
      ...['--set', 'loadBalancer.idleTimeoutSeconds=3'],
    );
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    const [victim] = await client.instances();
    const inFlight = await client.killInstance(victim!.id);
    await client.steady(2);
    await load.answer(200);
    await load.stop();

    const { 504: timeouts = 0, ...others } = load.failures;
    expect(others).toEqual({});
    expect(timeouts).toBeGreaterThanOrEqual(inFlight);
    const { faultCosts } = await client.observe();
    expect(faultCosts).toEqual([
      { fault: 'instance-loss', onPurpose: true, targets: 1, lost: { 'http-504': timeouts } },
    ]);
    const instances = await client.instances();
    expect(instances.map(({ state, health }) => [state, health])).toEqual([
      ['InService', 'healthy'],
      ['InService', 'healthy'],
    ]);
    expect(instances.map(({ id }) => id)).not.toContain(victim!.id);
    expect(new Set(instances.map(({ availabilityZone }) => availabilityZone)).size).toBe(2);
  });

  test('takes the place of a killed instance out of its warm pool, which costs 504s until it is noticed', async () => {
    const client = await up(
      ...['--set', 'compute.warmPool.poolState=Stopped', '--set', 'compute.warmPool.minSize=1'],
      ...['--set', 'loadBalancer.idleTimeoutSeconds=3'],
    );
    const before = await eventually(
      () => client.instances(),
      (instances) => instances.some(({ state }) => state === 'Warmed:Stopped'),
    );
    const [waiting] = before.filter(({ state }) => state === 'Warmed:Stopped');
    const [victim] = before.filter(({ state }) => state === 'InService');
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    await client.killInstance(victim!.id);
    await eventually(
      () => client.instances(),
      (instances) => instances.some(({ id, state }) => id === waiting!.id && state === 'InService'),
    );
    await client.steady(2);
    await load.answer(200);
    await load.stop();
    const { 504: timeouts = 0, ...others } = load.failures;
    expect(others).toEqual({});
    expect((await client.observe()).faultCosts).toEqual([
      {
        fault: 'instance-loss',
        onPurpose: true,
        targets: 1,
        lost: timeouts === 0 ? {} : { 'http-504': timeouts },
      },
    ]);
    // Another one starts into the pool.
    const after = await eventually(
      () => client.instances(),
      (instances) => instances.some(({ state }) => state === 'Warmed:Stopped'),
    );
    expect(after.map(({ id }) => id)).not.toContain(victim!.id);
    expect(after.filter(({ state }) => state === 'InService')).toHaveLength(2);
  });

  test('takes an unhealthy instance out of rotation, and replaces it', async () => {
    const client = await up('--set', 'healthCheck.gracePeriodSeconds=120');
    const [victim, other] = await client.instances();
    await client.send('POST', `/instances/${victim!.id}/freeze`);
    await eventually(
      () => client.instances(),
      (instances) => instances.find(({ id }) => id === victim!.id)?.health !== 'healthy',
    );
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    await client.steady(2);
    await load.answer(200);
    await load.stop();
    expect(load.failures).toEqual({});
    const instances = await client.instances();
    expect(instances.map(({ id }) => id)).toContain(other!.id);
    expect(instances.map(({ id }) => id)).not.toContain(victim!.id);
    expect((await client.messages()).join('\n')).toMatch(
      new RegExp(`\\(instance ${victim!.id}\\), because it failed its ELB health check`),
    );
  });

  test('loses no request to an instance that is terminated in order', async () => {
    const client = await up('--set', 'loadBalancer.deregistrationDelaySeconds=60');
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    const [leaving] = await client.instances();
    await client.send('DELETE', `/instances/${leaving!.id}`);
    await client.steady(2);
    await load.answer(200);
    await load.stop();
    expect(load.failures).toEqual({});
    expect((await client.instances()).map(({ id }) => id)).not.toContain(leaving!.id);
  });

  test('is refreshed, instance by instance, and loses no request', async () => {
    const client = await up();
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    const before = await client.instances();
    await client.send('POST', '/instance-refreshes', { version: '2.0.0' });
    await eventually(
      () => client.refresh(),
      (refresh) => refresh?.status === 'Successful',
    );
    await client.steady(2);
    await load.answer(200);
    await load.stop();
    expect(load.failures).toEqual({});
    const instances = await client.instances();
    expect(instances.map(({ version, health }) => [version, health])).toEqual([
      ['2.0.0', 'healthy'],
      ['2.0.0', 'healthy'],
    ]);
    const left = before.filter(({ id }) => instances.some((instance) => instance.id === id));
    expect(left).toEqual([]);
    const host = (await (await fetch(`${client.url}/host`)).json()) as { version: string };
    expect(host.version).toBe('2.0.0');
  });

  test('rolls a refresh back whose instances cannot start, and loses no request', async () => {
    const client = await up();
    load = new ConcurrentLoad(client.url, users);
    const before = await client.instances();
    await client.send('POST', '/instance-refreshes', { version: '3.0.0', variables: { PORT: 'nonsense' } });
    const refresh = await eventually(
      () => client.refresh(),
      (last) => last?.status === 'RollbackSuccessful',
    );
    await load.answer(200);
    await load.stop();
    expect(load.failures).toEqual({});
    expect(refresh?.statusReason).toContain('PORT must be a whole number');
    const serving = (await client.instances()).filter(({ health }) => health === 'healthy');
    expect(serving.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});
