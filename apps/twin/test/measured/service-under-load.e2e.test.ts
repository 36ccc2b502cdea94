import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ConcurrentLoad } from '../concurrent-load.ts';
import { eventually } from '../eventually.ts';
import { TwinClient, TwinProcess } from '../twin-process.ts';

const speed = 30;
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
  twin = await TwinProcess.start('up', '--json', '--speed', String(speed), ...args);
  return TwinClient.of(twin);
}

describe('under concurrent load', () => {
  test('a task killed with SIGKILL costs 502s until it is noticed, each counted by its fault, and is replaced', async () => {
    // Requests that take a while, so that some are in flight at any moment.
    const client = await up('--set', 'container.cpuMillisecondsPerRequest=10', '--set', 'capacity.max=2');
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    const [victim] = await client.tasks();
    await client.send('DELETE', `/tasks/${victim!.id}`);
    await client.steady(2);
    await load.answer(200);
    await load.stop();

    const { 502: badGateways = 0, ...others } = load.failures;
    expect(others).toEqual({});
    expect(badGateways).toBeGreaterThan(0);
    const { faultCosts } = await client.observe();
    expect(faultCosts).toEqual([
      { fault: 'task-exit', onPurpose: true, targets: 1, lost: { 'http-502': badGateways } },
    ]);
    const counted = async (): Promise<number> => {
      const { metrics } = await client.observe();
      const series = metrics.find(({ key }) => key.endsWith('HTTPCode_ELB_5XX_Count/Sum'));
      const scaled = (series?.datapoints ?? []).reduce((sum, { value }) => sum + value, 0);
      return Math.round(scaled / speed);
    };
    expect(await eventually(counted, (count) => count === badGateways)).toBe(badGateways);
    const tasks = await client.tasks();
    expect(tasks.map(({ health }) => health)).toEqual(['healthy', 'healthy']);
    expect(tasks.map(({ id }) => id)).not.toContain(victim!.id);
  });

  test('noticed at once, a killed task costs its requests in flight and no other', async () => {
    const client = await up(
      ...['--set', 'container.cpuMillisecondsPerRequest=10', '--set', 'capacity.max=2'],
      ...['--set', 'assumptions.deadTargetSeconds.taskExit=0'],
    );
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    const [victim] = await client.tasks();
    await client.send('DELETE', `/tasks/${victim!.id}`);
    await client.steady(2);
    await load.stop();
    const { 502: badGateways = 0, ...others } = load.failures;
    expect(others).toEqual({});
    expect(badGateways).toBeLessThanOrEqual(users);
  });

  test('a zone that is lost costs 504s until health checks have failed, and no other request', async () => {
    const client = await up(
      ...['--set', 'capacity.max=2', '--set', 'loadBalancer.idleTimeoutSeconds=3'],
      ...['--set', 'healthCheck.intervalSeconds=10'],
    );
    load = new ConcurrentLoad(client.url, users);
    await load.answer(200);
    await client.send('DELETE', '/availability-zones/us-east-1a');
    await client.steady(2);
    await load.answer(200);
    await load.stop();
    const { 504: timeouts = 0, ...others } = load.failures;
    expect(others).toEqual({});
    expect(timeouts).toBeGreaterThan(0);
    const { faultCosts } = await client.observe();
    expect(faultCosts).toEqual([
      { fault: 'zone-loss', onPurpose: true, targets: 1, lost: { 'http-504': timeouts } },
    ]);
  });

  test('scale-in loses no request', async () => {
    const file = join(tmpdir(), `tideline-scale-in-${process.pid}.json`);
    const metric = { namespace: 'Test', metricName: 'Queue', dimensions: {}, statistic: 'Average' };
    await writeFile(
      file,
      JSON.stringify({
        capacity: { min: 2, max: 6, desired: 5 },
        assumptions: { metricLagSeconds: 0 },
        scaling: {
          policies: [
            {
              type: 'target-tracking',
              name: 'queue',
              metric: { kind: 'custom', ...metric, targetValue: 100 },
              lowAlarm: { evaluationPeriods: 1 },
              scaleInCooldownSeconds: 0,
            },
          ],
        },
      }),
    );
    const client = await up('--config', file).finally(() => rm(file));
    load = new ConcurrentLoad(client.url, users);
    await load.answer(500);
    await eventually(
      async () => {
        await client.send('POST', '/metric-data', { namespace: 'Test', metricName: 'Queue', value: 1 });
        return client.tasks();
      },
      (tasks) => tasks.length === 2,
    );
    await load.answer(500);
    await load.stop();
    expect(load.failures).toEqual({});
    expect(load.answered).toBeGreaterThan(1500);
    const { activities } = await client.observe();
    expect(activities.filter(({ from, to }) => to < from)).toHaveLength(3);
  });

  test('a rolling deployment replaces every task and loses no request', async () => {
    const client = await up();
    load = new ConcurrentLoad(client.url, users);
    await load.answer(500);
    const before = await client.tasks();
    await client.send('POST', '/deployments', { version: '2.0.0' });
    await client.steady(2);
    await load.answer(500);
    await load.stop();
    expect(load.failures).toEqual({});
    expect(load.answered).toBeGreaterThan(1500);
    const tasks = await client.tasks();
    expect(tasks.map(({ version, health }) => [version, health])).toEqual([
      ['2.0.0', 'healthy'],
      ['2.0.0', 'healthy'],
    ]);
    expect(tasks.map(({ id }) => id)).not.toEqual(expect.arrayContaining([before[0]!.id]));
    const host = (await (await fetch(`${client.url}/host`)).json()) as { version: string };
    expect(host.version).toBe('2.0.0');
  });

  test('a deployment whose tasks cannot start trips the breaker, rolls back and loses no request', async () => {
    const client = await up();
    load = new ConcurrentLoad(client.url, users);
    const before = await client.tasks();
    await client.send('POST', '/deployments', { version: '3.0.0', variables: { PORT: 'nonsense' } });
    const deployments = await eventually(
      () => client.deployments(),
      (all) => all.length === 3 && all.at(-1)?.rolloutState === 'COMPLETED',
    );
    await load.answer(500);
    await load.stop();
    expect(deployments.map(({ rolloutState }) => rolloutState)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
    expect(load.failures).toEqual({});
    expect(load.answered).toBeGreaterThan(1000);
    expect((await client.tasks()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const messages = await client.messages();
    expect(messages.filter((message) => message.includes('CannotStartContainerError'))).not.toEqual([]);
    expect(messages.filter((message) => message.includes('PORT must be a whole number'))).not.toEqual([]);
    expect(messages.filter((message) => message.includes('rolling back to'))).toHaveLength(1);
  });
});
