import { describe, expect, test } from '@jest/globals';
import { type LoadProfileInput, resolveLoadProfile } from '@tideline/config';
import { type Outcome, VirtualServer } from '../../test/virtual-server.ts';
import { VirtualTimers } from '../../test/virtual-timers.ts';
import { LoadGenerator, type LoadOutcome } from './load-generator.ts';

const target = new URL('http://127.0.0.1:3000');
const root = { path: '/' };

function setUp(
  profile: Omit<LoadProfileInput, 'name'>,
  options: { speed?: number; outcome?: (atMs: number) => Outcome } = {},
) {
  const timers = new VirtualTimers();
  const server = new VirtualServer(timers, options.outcome);
  const speed = options.speed ?? 1;
  const cloud = { now: () => 100 + (timers.now() / 1000) * speed, speed };
  const generator = new LoadGenerator(
    { target, profile: resolveLoadProfile({ name: 'test', ...profile }) },
    { timers, open: server.open, cloud },
  );
  const ended: LoadOutcome[] = [];
  void generator.run().then((outcome) => ended.push(outcome));
  const sentBetween = (fromMs: number, untilMs: number): number[] =>
    server.arrivals.map(({ atMs }) => atMs).filter((atMs) => atMs >= fromMs && atMs < untilMs);
  return { timers, server, generator, ended, sentBetween };
}

const headline = { users: 50, usersPerSecond: 5, holdSeconds: 20, requestsPerSecond: 375 };

function spread(times: readonly number[]) {
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  const inTenMs = times.map((from) => times.filter((time) => time >= from && time < from + 10).length);
  return { variation: Math.sqrt(variance) / mean, mostInTenMs: Math.max(...inTenMs) };
}

describe('arrivals', () => {
  test('50 users at 375/s arrive evenly: never more than 4 within 10 ms, where a burst would be 50', () => {
    const { timers, sentBetween } = setUp({ stages: [headline], endpoints: [root] });
    timers.advanceTo(20_000);
    const times = sentBetween(12_000, 16_000);
    expect(times).toHaveLength(1500);
    const { variation, mostInTenMs } = spread(times);
    expect(variation).toBeLessThan(0.05);
    expect(mostInTenMs).toBeLessThanOrEqual(4);
  });

  test('they are spread during the ramp as well, more evenly than by chance', () => {
    const { timers, sentBetween } = setUp({ stages: [headline], endpoints: [root] });
    timers.advanceTo(10_000);
    const { variation, mostInTenMs } = spread(sentBetween(5000, 5190));
    expect(variation).toBeLessThan(1);
    expect(mostInTenMs).toBeLessThanOrEqual(4);
  });

  test('the rate rises with the users, and is the one asked for once all are in', () => {
    const { timers, sentBetween } = setUp({ stages: [headline], endpoints: [root] });
    timers.advanceTo(29_998);
    expect(sentBetween(4000, 5000).length / 375).toBeCloseTo(23 / 50, 1);
    expect(sentBetween(10_001, 28_001)).toHaveLength(18 * 375);
  });

  test('every slot of a slow stretch is sent, so the total is the one that was asked', async () => {
    const outcome = (atMs: number) => ({ afterMs: atMs > 3000 && atMs < 4000 ? 900 : 1 });
    const stage = { users: 10, usersPerSecond: 1000, holdSeconds: 9.985, requestsPerSecond: 100 };
    const { timers, ended } = setUp({ stages: [stage], endpoints: [root] }, { outcome });
    timers.advanceTo(20_000);
    await Promise.resolve();
    expect(ended[0]?.tally).toMatchObject({ sent: 1000, answered: 1000, unsent: 0, failed: 0 });
  });
});

describe('stages', () => {
  test('durations are cloud time and rates are wall time', async () => {
    const stage = { users: 10, usersPerSecond: 10, holdSeconds: 59, requestsPerSecond: 50 };
    const { timers, ended, server } = setUp({ stages: [stage], endpoints: [root] }, { speed: 30 });
    timers.advanceTo(5000);
    await Promise.resolve();
    expect(ended[0]?.to.wallMs).toBeCloseTo(2000, 3);
    expect(ended[0]?.from.cloudSeconds).toBe(100);
    expect(ended[0]?.to.cloudSeconds).toBeCloseTo(160, 3);
    expect(server.arrivals.length).toBeGreaterThanOrEqual(98);
    expect(server.arrivals.length).toBeLessThanOrEqual(100);
  });

  test('users leave one by one on the way down, and close their connections', () => {
    const stages = [
      { users: 10, usersPerSecond: 10, holdSeconds: 1, requestsPerSecond: 100 },
      { users: 4, usersPerSecond: 2, holdSeconds: 5, requestsPerSecond: 8 },
    ];
    const { timers, generator, server, sentBetween } = setUp({ stages, endpoints: [root] });
    timers.advanceTo(1999);
    expect(generator.users).toBe(10);
    timers.advanceTo(2600);
    expect(generator.users).toBe(8);
    timers.advanceTo(6000);
    expect(generator.users).toBe(4);
    expect(server.closed).toBe(6);
    expect(sentBetween(6000, 6000)).toHaveLength(0);
    timers.advanceTo(9000);
    expect(sentBetween(6000, 9000)).toHaveLength(24);
  });

  test('a load that ends waits for the answers still out', async () => {
    const stage = { users: 5, usersPerSecond: 1000, holdSeconds: 1 };
    const { timers, ended, generator } = setUp(
      { stages: [stage], endpoints: [root] },
      { outcome: () => ({ afterMs: 700 }) },
    );
    timers.advanceTo(1300);
    await Promise.resolve();
    expect(generator.isOver).toBe(true);
    expect(ended).toHaveLength(0);
    timers.advanceTo(1500);
    await Promise.resolve();
    expect(ended[0]?.tally).toMatchObject({ sent: 10, answered: 10, abandoned: 0 });
    expect(ended[0]?.buckets.reduce((sum, { requests }) => sum + requests, 0)).toBe(10);
  });

  test('endpoints take turns by weight over all users', () => {
    const stage = { users: 5, usersPerSecond: 1000, holdSeconds: 2, requestsPerSecond: 100 };
    const endpoints = [{ path: '/', weight: 3 }, { path: '/health' }];
    const { timers, server } = setUp({ stages: [stage], endpoints });
    timers.advanceTo(2000);
    const paths = server.arrivals.slice(0, 100).map(({ request }) => request.split(' ')[1]);
    expect(paths.filter((path) => path === '/health')).toHaveLength(25);
  });
});

describe('stopping', () => {
  test('a stopped load ends at once, and gives up what is in flight', async () => {
    const stage = { users: 5, usersPerSecond: 1000, holdSeconds: 60 };
    const { timers, ended, generator, server } = setUp(
      { stages: [stage], endpoints: [root] },
      { outcome: () => ({ afterMs: 700 }) },
    );
    timers.advanceTo(1000);
    generator.stop();
    await Promise.resolve();
    expect(ended[0]?.tally).toMatchObject({ sent: 10, answered: 5, abandoned: 5 });
    expect(ended[0]?.to.wallMs).toBe(1000);
    expect(server.closed).toBe(5);
    timers.advanceTo(10_000);
    expect(server.arrivals).toHaveLength(10);
  });

  test('a load that was stopped before it ran sends nothing', async () => {
    const timers = new VirtualTimers();
    const server = new VirtualServer(timers);
    const profile = resolveLoadProfile({ name: 'test', stages: [headline], endpoints: [root] });
    const cloud = { now: () => 0, speed: 1 };
    const generator = new LoadGenerator({ target, profile }, { timers, open: server.open, cloud });
    generator.stop();
    await expect(generator.run()).resolves.toMatchObject({ tally: { sent: 0 } });
    expect(server.opened).toBe(0);
  });
});
