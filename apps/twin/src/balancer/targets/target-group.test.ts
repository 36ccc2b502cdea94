import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import type { TargetStateEvent } from '../events.ts';
import { requestOf } from '../../../test/request-of.ts';
import type { RequestHead } from '../http/request-head.ts';
import { Stickiness } from './stickiness.ts';
import { TargetGroup } from './target-group.ts';

const { loadBalancer, healthCheck, assumptions } = resolveEnvironment({
  preset: 'test',
  compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
  healthCheck: { intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 2 },
});

const request = (fields = ''): RequestHead => requestOf(`GET / HTTP/1.1\r\nHost: a\r\n${fields}`);
const plain = request();

/** A group whose targets answer health checks with 200, except the ones in `failing`. */
function createAutoScalingGroup(
  overrides: Partial<typeof loadBalancer> = {},
  { anomalyErrorPercent } = assumptions,
) {
  const clock = new VirtualClock();
  const failing = new Set<number>();
  const events: TargetStateEvent[] = [];
  const group = new TargetGroup({
    loadBalancer: { ...loadBalancer, ...overrides },
    healthCheck,
    assumptions: { anomalyErrorPercent },
    clock,
    basePath: '',
    probe: ({ port }) => Promise.resolve({ kind: 'answer', status: failing.has(port) ? 500 : 200 }),
    onEvent: (event) => events.push(event),
  });
  return {
    clock,
    failing,
    events,
    group,
    register: (port: number) =>
      group.register({ id: `t${port}`, host: '127.0.0.1', port, availabilityZone: 'a' }),
    states: () => Object.fromEntries(group.targets().map(({ id, state }) => [id, state])),
    chosen: (requests = 20) => {
      const ids = Array.from({ length: requests }, () => group.choose(plain)?.id);
      return [...new Set(ids)].sort();
    },
  };
}

describe('TargetGroup', () => {
  test('a target takes requests once its first check succeeds', async () => {
    const { clock, register, states, chosen, events } = createAutoScalingGroup();
    register(1);
    await clock.advance(0);
    register(2);
    expect(states()).toEqual({ t1: 'healthy', t2: 'initial' });
    expect(chosen()).toEqual(['t1']);
    await clock.advance(0);
    expect(chosen()).toEqual(['t1', 't2']);
    expect(events.map(({ targetId, from, to }) => [targetId, from, to])).toEqual([
      ['t1', 'initial', 'healthy'],
      ['t2', 'initial', 'healthy'],
    ]);
  });

  test('a target that listens elsewhere is checked there, and keeps its health until the checks say otherwise', async () => {
    const { clock, failing, register, group, states } = createAutoScalingGroup();
    register(1);
    await clock.advance(0);
    failing.add(7);
    group.relocate('t1', { host: '127.0.0.1', port: 7 });
    group.relocate('nobody', { host: '127.0.0.1', port: 7 });
    expect(group.targets()).toMatchObject([{ id: 't1', port: 7, state: 'healthy' }]);
    await clock.advance(20);
    expect(states()).toEqual({ t1: 'unhealthy' });
  });

  test('a target that fails its checks leaves rotation and comes back', async () => {
    const { clock, failing, register, group, chosen } = createAutoScalingGroup();
    register(1);
    register(2);
    await clock.advance(0);
    failing.add(1);
    await clock.advance(20);
    expect(group.targets()[0]).toMatchObject({ state: 'unhealthy', reason: 'Target.ResponseCodeMismatch' });
    expect(chosen()).toEqual(['t2']);
    failing.clear();
    await clock.advance(10);
    expect(chosen()).toEqual(['t2']);
    await clock.advance(10);
    expect(chosen()).toEqual(['t1', 't2']);
  });

  test('all targets get requests when none is healthy', async () => {
    const { clock, failing, register, chosen } = createAutoScalingGroup();
    failing.add(1).add(2);
    register(1);
    register(2);
    await clock.advance(20);
    expect(chosen()).toEqual(['t1', 't2']);
  });

  test('nobody is chosen when no target is registered, or all are draining', async () => {
    const { clock, register, group, chosen } = createAutoScalingGroup();
    expect(chosen()).toEqual([undefined]);
    register(1);
    await clock.advance(0);
    group.choose(plain)!.requestsInFlight = 1;
    void group.deregister('t1');
    expect(chosen()).toEqual([undefined]);
  });

  test('an idle target drains until the delay is over as well', async () => {
    const { clock, register, group, states, events } = createAutoScalingGroup({
      deregistrationDelaySeconds: 30,
    });
    register(1);
    await clock.advance(0);
    const done = group.deregister('t1');
    await clock.advance(29.9);
    expect(states()).toEqual({ t1: 'draining' });
    await clock.advance(0.1);
    await done;
    expect(states()).toEqual({});
    expect(events.map(({ to }) => to)).toEqual(['healthy', 'draining', 'unused']);
  });

  test('a busy target drains until the delay is over, without requests and health checks', async () => {
    const { clock, failing, register, group, states, chosen } = createAutoScalingGroup({
      deregistrationDelaySeconds: 30,
    });
    register(1);
    register(2);
    await clock.advance(0);
    while (group.choose(plain)!.id !== 't1');
    const target = [group.choose(plain)!, group.choose(plain)!].find(({ id }) => id === 't1')!;
    target.requestsInFlight = 1;
    let isDone = false;
    const done = group.deregister('t1').then(() => (isDone = true));
    expect(group.deregister('t1')).toBe(group.deregister('t1'));
    failing.add(1);
    await clock.advance(29.9);
    expect(states()).toEqual({ t1: 'draining', t2: 'healthy' });
    expect(chosen()).toEqual(['t2']);
    expect(isDone).toBe(false);
    await clock.advance(0.1);
    await done;
    expect(states()).toEqual({ t2: 'healthy' });
  });

  test('deregistering an unknown target is no error', async () => {
    await expect(createAutoScalingGroup().group.deregister('nobody')).resolves.toBeUndefined();
  });

  test('an id that is taken is refused, and free again after deregistration', async () => {
    const { clock, register, group } = createAutoScalingGroup({ deregistrationDelaySeconds: 30 });
    register(1);
    expect(() => register(1)).toThrow('target t1 is registered already; deregister it first');
    const done = group.deregister('t1');
    await clock.advance(30);
    await done;
    expect(() => register(1)).not.toThrow();
  });

  test('a target that joins healthy ones starts slowly; the first one does not', async () => {
    const { clock, register, group } = createAutoScalingGroup({ slowStartSeconds: 60 });
    register(1);
    await clock.advance(0);
    register(2);
    await clock.advance(60);
    register(3);
    await clock.advance(0);
    const share = (): number => {
      const ids = Array.from({ length: 600 }, () => group.choose(plain)!.id);
      return ids.filter((id) => id === 't3').length / ids.length;
    };
    expect(share()).toBe(0);
    await clock.advance(30);
    expect(share()).toBeCloseTo(0.5 / 2.5, 2);
    await clock.advance(30);
    expect(share()).toBeCloseTo(1 / 3, 2);
  });

  test('closing resolves deregistrations under way', async () => {
    const { clock, register, group } = createAutoScalingGroup();
    register(1);
    await clock.advance(0);
    group.choose(plain)!.requestsInFlight = 1;
    const done = group.deregister('t1');
    group.close();
    await done;
    expect(group.targets()).toEqual([]);
  });
});

test.each([
  [20, 1],
  [21, 0],
])('a target counts as anomalous from assumptions.anomalyErrorPercent on: %d', async (percent, anomalous) => {
  const { clock, group, register } = createAutoScalingGroup(
    { algorithm: 'weighted_random', anomalyMitigation: true },
    { ...assumptions, anomalyErrorPercent: percent },
  );
  for (const port of [1, 2, 3]) register(port);
  await clock.advance(1);
  const targets = new Map(
    Array.from({ length: 200 }, () => group.choose(plain)).flatMap((target) =>
      target === undefined ? [] : [[target.id, target]],
    ),
  );
  for (const [id, { outcomes }] of targets)
    Object.assign(outcomes, { answers: 100, errors: id === 't1' ? 20 : 0 });
  await clock.advance(5);
  expect([targets.size, group.anomalies()?.anomalous]).toEqual([3, anomalous]);
  group.close();
});

describe('sticky sessions', () => {
  const settings = { stickinessSeconds: 60 };

  /** A group of two healthy targets, and a request with the cookie of the second. */
  async function stickyGroup() {
    const rig = createAutoScalingGroup(settings);
    rig.register(1);
    rig.register(2);
    await rig.clock.advance(0);
    const stickiness = Stickiness.of({ loadBalancer: settings, clock: rig.clock });
    const returning = request(stickiness!.fieldFor('t2').replace('Set-Cookie', 'Cookie'));
    const chosen = () => new Set(Array.from({ length: 20 }, () => rig.group.choose(returning)?.id));
    return { ...rig, chosen };
  }

  test('keep a client on its target, and let others go round', async () => {
    const { chosen, group } = await stickyGroup();
    expect(chosen()).toEqual(new Set(['t2']));
    const others = Array.from({ length: 20 }, () => group.choose(plain)?.id);
    expect(new Set(others)).toEqual(new Set(['t1', 't2']));
  });

  test('end with the cookie’s time', async () => {
    const { chosen, clock } = await stickyGroup();
    await clock.advance(59);
    expect(chosen()).toEqual(new Set(['t2']));
    await clock.advance(1);
    expect(chosen()).toEqual(new Set(['t1', 't2']));
  });

  test('give a client another target once its own is out of rotation', async () => {
    const { chosen, clock, failing } = await stickyGroup();
    failing.add(2);
    await clock.advance(20);
    expect(chosen()).toEqual(new Set(['t1']));
  });

  test('do so as well once it drains', async () => {
    const { chosen, group } = await stickyGroup();
    void group.deregister('t2');
    expect(chosen()).toEqual(new Set(['t1']));
  });

  test('that are off leave a cookie unread', async () => {
    const { clock, register, group } = createAutoScalingGroup();
    register(1);
    register(2);
    await clock.advance(0);
    const cookie = Stickiness.of({ loadBalancer: settings, clock })!.fieldFor('t2');
    const returning = request(cookie.replace('Set-Cookie', 'Cookie'));
    expect(new Set([1, 2, 3].map(() => group.choose(returning)?.id))).toEqual(new Set(['t1', 't2']));
  });
});
