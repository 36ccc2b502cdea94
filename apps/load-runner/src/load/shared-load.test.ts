import { describe, expect, test } from '@jest/globals';
import { type LoadProfileInput, resolveLoadProfile } from '@tideline/config';
import { type Outcome, VirtualServer } from '../../test/virtual-server.ts';
import { VirtualTimers } from '../../test/virtual-timers.ts';
import { LoadGenerator } from './load-generator.ts';

const target = new URL('http://127.0.0.1:3000');

function setUp(
  profile: Omit<LoadProfileInput, 'name' | 'endpoints'>,
  options: { speed?: number; outcome?: (atMs: number) => Outcome } = {},
) {
  const { speed = 1 } = options;
  const timers = new VirtualTimers();
  const server = new VirtualServer(timers, options.outcome);
  const cloud = { now: () => (timers.now() / 1000) * speed, speed };
  const generator = new LoadGenerator(
    { target, profile: resolveLoadProfile({ name: 'test', endpoints: [{ path: '/' }], ...profile }) },
    { timers, open: server.open, cloud },
  );
  void generator.run();
  const sentBetween = (fromMs: number, untilMs: number): number[] =>
    server.arrivals.map(({ atMs }) => atMs).filter((atMs) => atMs >= fromMs && atMs < untilMs);
  return { timers, generator, sentBetween };
}

const stage = (requestsPerSecond: number, holdSeconds: number, rampSeconds = 0) => ({
  ...{ users: 20, usersPerSecond: 10_000, requestsPerSecond, holdSeconds, rampSeconds },
});

describe('shared arrivals', () => {
  test('even ones are 1/rate apart, whichever users send them', () => {
    const { timers, sentBetween } = setUp({ arrivals: 'even', stages: [stage(40, 10)] });
    timers.advanceTo(9000);
    const times = sentBetween(1000, 9000);
    expect(times).toHaveLength(320);
    for (const [index, time] of times.slice(1).entries())
      expect(Math.abs(time - times[index]! - 25)).toBeLessThan(1.5);
  });

  test('Poisson ones have the rate on average, the scatter of chance, and are the same for the same seed', () => {
    const load = (seed: number): number[] => {
      const { timers, sentBetween } = setUp({ arrivals: 'poisson', seed, stages: [stage(100, 60)] });
      timers.advanceTo(59_000);
      return sentBetween(0, 59_000);
    };
    const times = load(3);
    expect(load(3)).toEqual(times);
    expect(load(4)).not.toEqual(times);
    expect(Math.abs(times.length - 5900)).toBeLessThan(4 * Math.sqrt(5900));
    const perSecond = Array.from(
      { length: 59 },
      (_, second) => times.filter((time) => Math.floor(time / 1000) === second).length,
    );
    const mean = times.length / 59;
    const variance = perSecond.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 58;
    // The index of dispersion of a Poisson process is 1; even arrivals would have nearly 0.
    expect(variance / mean).toBeGreaterThan(0.5);
    expect(variance / mean).toBeLessThan(1.8);
  });

  test('a ramp has half the requests of its end’s rate, and silence has none', () => {
    const { timers, sentBetween } = setUp({
      arrivals: 'even',
      stages: [stage(100, 0, 10), stage(0, 5), stage(10, 5)],
    });
    timers.advanceTo(21_000);
    expect(Math.abs(sentBetween(0, 10_002).length - 500)).toBeLessThanOrEqual(3);
    expect(sentBetween(10_010, 15_000)).toEqual([]);
    expect(Math.abs(sentBetween(15_000, 20_000).length - 50)).toBeLessThanOrEqual(1);
  });

  test('steps far shorter than the distance of requests lose none and add none', () => {
    // A trace of a request in four seconds, a minute a step, at 240 times the speed: a quarter of a second each.
    const stages = Array.from({ length: 400 }, (_, index) => stage(index % 2 === 0 ? 0.2 : 0.3, 60));
    const { timers, generator } = setUp({ arrivals: 'even', stages }, { speed: 240 });
    timers.advanceTo(110_000);
    expect(generator.isOver).toBe(true);
    expect([24, 25]).toContain(generator.tally.sent);
  });

  test('what finds no free user waits, and its latency counts from when it was due', () => {
    const outcome = (): Outcome => ({ statusCode: 200, afterMs: 1000 });
    const { timers, generator } = setUp(
      { arrivals: 'even', stages: [{ ...stage(10, 4), users: 5 }] },
      { outcome },
    );
    timers.advanceTo(12_000);
    const { tally } = generator;
    expect(tally.sent + tally.unsent).toBe(40);
    expect(tally.unsent).toBeGreaterThan(15);
    expect(tally.late).toBe(0);
  });
});

test('a user at a rate of 0 sends nothing, and goes on with the next stage', () => {
  const { timers, sentBetween } = setUp({ stages: [stage(20, 2), stage(0, 3), stage(20, 2)] });
  timers.advanceTo(8000);
  expect(sentBetween(2010, 5000)).toEqual([]);
  expect(Math.abs(sentBetween(5000, 7001).length - 40)).toBeLessThanOrEqual(1);
});

test.each([
  [{ stages: [stage(5, 1, 3)] }, 'a rate that ramps needs arrivals even or poisson, not per-user'],
  [
    { arrivals: 'even', stages: [{ users: 5, holdSeconds: 1 }] },
    'a closed loop needs arrivals per-user, not even',
  ],
  [{ arrivals: 'even', stages: [{ ...stage(5, 1), users: 0 }] }, 'a rate of 5 needs users who send it'],
] as const)('a profile that contradicts itself is refused', (profile, message) => {
  expect(() => resolveLoadProfile({ name: 'test', endpoints: [{ path: '/' }], ...profile })).toThrow(message);
});
