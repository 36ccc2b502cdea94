import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { requestOf } from '../../../test/request-of.ts';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import { FaultCosts } from '../fault-costs.ts';
import type { Outage } from './outage.ts';
import { Stickiness } from './stickiness.ts';
import { TargetGroup } from './target-group.ts';

const { loadBalancer, healthCheck, assumptions } = resolveEnvironment({
  preset: 'test',
  compute: { kind: 'fargate' },
  healthCheck: { intervalSeconds: 5, timeoutSeconds: 2, unhealthyThreshold: 2, healthyThreshold: 2 },
});

const crash: Outage = { fault: 'task-exit', onPurpose: true };
const zoneLoss: Outage = { fault: 'zone-loss', onPurpose: true };
const plain = requestOf('GET / HTTP/1.1\r\nHost: a\r\n');

/** Targets that pass their checks at 0, 5, 10 s … for as long as they live. */
async function healthyGroup(ids: readonly string[], overrides: Partial<typeof loadBalancer> = {}) {
  const clock = new VirtualClock();
  const costs = new FaultCosts();
  const left: string[] = [];
  let probes = 0;
  const group = new TargetGroup({
    loadBalancer: { ...loadBalancer, ...overrides },
    healthCheck,
    assumptions,
    clock,
    basePath: '',
    probe: () => {
      probes += 1;
      return Promise.resolve({ kind: 'answer', status: 200 });
    },
    onEvent: ({ targetId, to, reason, cloudSeconds }) => {
      if (to !== 'healthy') left.push(`${targetId} ${to} at ${cloudSeconds} ${reason ?? ''}`);
    },
    costs,
  });
  for (const [index, id] of ids.entries())
    group.register({ id, host: '127.0.0.1', port: index + 1, availabilityZone: 'a' });
  await clock.advance(0);
  return {
    clock,
    group,
    costs,
    /** Targets that have left rotation, when and why. */
    left,
    probes: () => probes,
    chosen: () => [...new Set(Array.from({ length: 20 }, () => group.choose(plain)?.id))].sort(),
  };
}

describe('a target that has died', () => {
  test('whose process has ended takes requests until two checks, 5 s apart, were refused: 9 s after a crash at 1 s', async () => {
    const { clock, group, left, chosen } = await healthyGroup(['a', 'b']);
    await clock.advance(1);
    group.lose('a', crash);
    await clock.advance(8.9);
    expect(chosen()).toEqual(['a', 'b']);
    await clock.advance(0.1);
    expect(left).toEqual(['a unhealthy at 10 Target.FailedHealthChecks']);
    expect(chosen()).toEqual(['b']);
  });

  test('whose host has gone takes them until the second check has timed out as well: 11 s', async () => {
    const { clock, group, left, chosen } = await healthyGroup(['a', 'b']);
    await clock.advance(1);
    group.lose('a', zoneLoss);
    await clock.advance(10.9);
    expect(chosen()).toEqual(['a', 'b']);
    await clock.advance(0.1);
    expect(left).toEqual(['a unhealthy at 12 Target.Timeout']);
    expect(chosen()).toEqual(['b']);
  });

  test('takes none from the moment of its deregistration, if that is earlier', async () => {
    const { clock, group, chosen } = await healthyGroup(['a', 'b']);
    group.lose('a', crash);
    await clock.advance(5);
    expect(chosen()).toEqual(['a', 'b']);
    void group.deregister('a');
    expect(chosen()).toEqual(['b']);
  });

  test('is never probed again: its port may belong to another process', async () => {
    const { clock, group, probes } = await healthyGroup(['a', 'b']);
    group.lose('a', crash);
    group.lose('b', zoneLoss);
    const before = probes();
    await clock.advance(60);
    expect(probes()).toBe(before);
    expect(group.targets().map(({ state }) => state)).toEqual(['unhealthy', 'unhealthy']);
  });

  test('takes requests beyond that where no other target is healthy: the group fails open', async () => {
    const { clock, group, chosen } = await healthyGroup(['a', 'b']);
    group.lose('a', zoneLoss);
    group.lose('b', zoneLoss);
    await clock.advance(60);
    expect(chosen()).toEqual(['a', 'b']);
  });

  test('comes back where its application is started again elsewhere', async () => {
    const { clock, group, left } = await healthyGroup(['a', 'b']);
    group.lose('a', { fault: 'application-exit', onPurpose: false });
    await clock.advance(5);
    group.relocate('a', { host: '127.0.0.1', port: 9 });
    await clock.advance(60);
    expect(left).toEqual([]);
    expect(group.targets()).toMatchObject([
      { id: 'a', state: 'healthy' },
      { id: 'b', state: 'healthy' },
    ]);
  });

  test('keeps its sticky clients, all of whose requests it loses, until it leaves rotation', async () => {
    const { clock, group } = await healthyGroup(['a', 'b'], { stickinessSeconds: 600 });
    const field = Stickiness.of({ loadBalancer: { stickinessSeconds: 600 }, clock })?.fieldFor('a') ?? '';
    const cookie = /AWSALB=[\w-]+/.exec(field)?.[0] ?? '';
    const sticky = requestOf(`GET / HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\n`);
    group.lose('a', crash);
    const asked = () => Array.from({ length: 10 }, () => group.choose(sticky)?.id);
    expect(new Set(asked())).toEqual(new Set(['a']));
    await clock.advance(10);
    expect(new Set(asked())).toEqual(new Set(['b']));
  });

  test('is spared by anomaly mitigation sooner than by its health checks', async () => {
    const { clock, group } = await healthyGroup(['a', 'b', 'c'], {
      algorithm: 'weighted_random',
      anomalyMitigation: true,
    });
    await clock.advance(1);
    group.lose('a', crash);
    const answer = (id: string): void => {
      for (let request = 0; request < 10; request += 1) {
        const target = Array.from({ length: 1000 }, () => group.choose(plain)).find(
          (each) => each?.id === id,
        );
        target?.noteOutcome(id === 'a');
      }
    };
    for (const id of ['a', 'b', 'c']) answer(id);
    // The reading at 5 s; its checks take it out of rotation at 10 s.
    await clock.advance(4);
    const shares = Array.from({ length: 6000 }, () => group.choose(plain));
    const dead = shares.find((target) => target?.id === 'a');
    expect(dead?.weight).toBe(0.1);
    expect(group.targets()).toMatchObject([{ id: 'a', state: 'healthy' }, {}, {}]);
  });
});

describe('what a dead target costs', () => {
  test('is counted by fault, by whether it was on purpose, and by how the client saw it', async () => {
    const { group, costs } = await healthyGroup(['a', 'b', 'c']);
    const [a, b] = [group.choose(plain), group.choose(plain)];
    a?.noteLoss('http-502');
    expect(costs.all()).toEqual([]);
    a?.lose(crash);
    a?.lose(zoneLoss);
    b?.lose({ ...crash, onPurpose: false });
    group.lose('nobody', crash);
    a?.noteLoss('http-502');
    a?.noteLoss('http-502');
    a?.noteLoss('websocket');
    b?.noteLoss('timeout');
    expect(costs.all()).toEqual([
      { fault: 'task-exit', onPurpose: true, targets: 1, lost: { 'http-502': 2, websocket: 1 } },
      { fault: 'task-exit', onPurpose: false, targets: 1, lost: { timeout: 1 } },
    ]);
  });
});
