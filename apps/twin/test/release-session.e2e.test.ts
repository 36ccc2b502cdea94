import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Release } from '../src/release/release.ts';
import { ConcurrentLoad } from './concurrent-load.ts';
import { eventually } from './eventually.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

const token = 'stress-token-of-a-test';
const metric = { namespace: 'Test', metricName: 'Pressure' };
const pressure = {
  scaling: {
    policies: [
      {
        type: 'step',
        name: 'pressure',
        metric: { kind: 'custom', ...metric },
        alarm: { comparison: 'GreaterThanThreshold', threshold: 50 },
        steps: [{ lowerBound: 0, adjustment: 2 }],
      },
    ],
  },
  assumptions: { metricLagSeconds: 0 },
};

let twin: TwinProcess;
let client: TwinClient;
const start = async (...args: readonly string[]): Promise<void> => {
  twin = await TwinProcess.startWith(
    { STRESS_TOKEN: token },
    ...['up', '--json', '--preset', 'blue-green', '--speed', '60', ...args],
  );
  client = await TwinClient.of(twin);
};
const releases = async (): Promise<readonly Release[]> =>
  (await (await fetch(`${client.control}/deployments`)).json()) as Release[];
const until = (accept: (release: Release) => boolean): Promise<readonly Release[]> =>
  eventually(releases, (all) => all.some(accept));

describe('behind its HTTP API', () => {
  beforeEach(() => start('--set', 'release.shift.intervalMinutes=4'));
  afterEach(() => twin.remove());

  test('the service answers below the stage, and stress there is guarded', async () => {
    const host = await fetch(`${client.url}/dev/host`);
    expect(await host.json()).toMatchObject({ image: expect.any(String), hostName: expect.any(String) });
    const outside = await fetch(`${client.url}/host`);
    expect([outside.status, await outside.json()]).toEqual([404, { message: 'Not Found' }]);
    expect((await fetch(`${client.url}/dev/stress-cpu/75/120`)).status).toBe(401);
  });

  test('a twin that is ended half way through a shift leaves word for the next one', async () => {
    await client.send('POST', '/deployments', { version: '2' });
    await until(({ shifts }) => shifts.length === 1);
    twin.signal('SIGINT');
    expect(await twin.exited).toBe(0);
    expect(await twin.processes()).toEqual([]);
    const again = await twin.again('up', '--json', '--preset', 'blue-green', '--speed', '60');
    try {
      const { tasks } = await TwinClient.of(again).then(async (next) => ({ tasks: await next.tasks() }));
      expect(again.stderr).toMatch(
        /The last twin ended in the middle of deployment d-\w+ \(InProgress\): version 1 had 90 % of the traffic and version 2 10 %\. Not all traffic had moved/,
      );
      expect(tasks.map(({ version }) => version)).toEqual(['1']);
    } finally {
      again.signal('SIGINT');
      await again.exited;
    }
  });
});

test('stress on the only task steps out, and its end steps in again to the minimum, where the low alarm rings', async () => {
  await start('--set', 'assumptions.metricLagSeconds=0');
  try {
    const stress = await fetch(`${client.url}/dev/stress-cpu/75/8`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(stress.status).toBe(202);
    const { activities, policies, capacity } = await eventually(
      () => client.observe(),
      ({ service, activities: all, policies: now }) =>
        all.some(({ policy, to, from }) => policy === 'cpu-high' && to === from + 1) &&
        service.desired === 1 &&
        now.some(({ name, alarms }) => name === 'cpu-low' && alarms.some(({ state }) => state === 'ALARM')),
    );
    const moves = activities.filter(({ status }) => status !== 'NotScaled');
    expect(moves[0]).toMatchObject({ policy: 'cpu-high', from: 1, to: 2 });
    expect(moves.at(-1)).toMatchObject({ policy: 'cpu-low', from: 2, to: 1 });
    expect(capacity.min).toBe(1);
    expect(policies.find(({ name }) => name === 'cpu-high')?.alarms.map(({ state }) => state)).toEqual([
      'OK',
    ]);
  } finally {
    await twin.remove();
  }
});

test('a scaling event in the middle of a shift goes to both versions, and loses no request', async () => {
  const file = 'pressure.json';
  twin = await TwinProcess.prepared({ [file]: JSON.stringify(pressure) }, [
    ...['up', '--json', '--preset', 'blue-green', '--speed', '60', '--config', file],
    ...['--set', 'release.shift.kind=linear', '--set', 'release.shift.percent=25'],
    ...['--set', 'release.shift.intervalMinutes=2', '--set', 'release.terminationWaitMinutes=1'],
    // A cloud minute is a second here, and holds a few requests: one pause of the machine would be its p99.
    ...['--set', 'release.rollbackOnAlarm.p99Milliseconds=60000'],
  ]);
  client = await TwinClient.of(twin);
  const load = new ConcurrentLoad(`${client.url}/dev/host`, 4);
  try {
    await client.send('POST', '/deployments', { version: '2' });
    await until(({ shifts }) => shifts.length === 1);
    await client.send('POST', '/metric-data', { ...metric, value: 100 });
    const both = await eventually(
      () => client.tasks(),
      (tasks) => ['1', '2'].every((each) => tasks.filter(({ version }) => version === each).length === 3),
    );
    expect(both).toHaveLength(6);
    const [release] = await until(({ endedAtSeconds }) => endedAtSeconds !== null);
    expect(release).toMatchObject({ status: 'Succeeded', error: null });
    expect((await client.tasks()).map(({ version }) => version)).toEqual(['2', '2', '2']);
  } finally {
    await load.stop();
    await twin.remove();
  }
  expect(load.failures).toEqual({});
});
