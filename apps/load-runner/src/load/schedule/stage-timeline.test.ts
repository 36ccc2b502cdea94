import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { resolveLoadProfile } from '@tideline/config';
import { StageTimeline } from './stage-timeline.ts';

const timelineOf = (stages: readonly object[], arrivals = 'per-user'): StageTimeline =>
  new StageTimeline(resolveLoadProfile({ name: 'test', arrivals, stages, endpoints: [{ path: '/' }] }));

const stages = [
  { users: 10, usersPerSecond: 5, holdSeconds: 20 },
  { users: 4, usersPerSecond: 2, holdSeconds: 7 },
];

describe('stage timeline', () => {
  test.each([
    [0, { stage: 0, users: 1, nextChangeSeconds: 0.2 }],
    [0.2, { stage: 0, users: 2, nextChangeSeconds: 0.4 }],
    [1.79, { stage: 0, users: 9, nextChangeSeconds: 1.8 }],
    [1.8, { stage: 0, users: 10, nextChangeSeconds: 22 }],
    [21.9, { stage: 0, users: 10, nextChangeSeconds: 22 }],
    [22, { stage: 1, users: 9, nextChangeSeconds: 22.5 }],
    [24.6, { stage: 1, users: 4, nextChangeSeconds: 32 }],
    [32, null],
  ])('at %d s of a ramp up, a hold and a ramp down the load stands at %j', (seconds, position) => {
    const at = timelineOf(stages).at(seconds);
    if (position === null) expect(at).toBeNull();
    else expect(at).toMatchObject(position);
  });

  test('a load lasts as long as its ramps and holds together', () => {
    expect(timelineOf(stages).seconds).toBe(2 + 20 + 3 + 7);
  });

  test('users join and leave one by one, and the next change always lies ahead', () => {
    const stage = fc.record({
      users: fc.integer({ min: 0, max: 30 }),
      usersPerSecond: fc.integer({ min: 1, max: 50 }),
      holdSeconds: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(stage, { minLength: 1, maxLength: 4 }), (generated) => {
        let users = 0;
        let seconds = 0;
        const timeline = timelineOf(generated);
        for (let position = timeline.at(0); position !== null;) {
          expect(Math.abs(position.users - users)).toBeLessThanOrEqual(1);
          expect(position.nextChangeSeconds).toBeGreaterThan(seconds);
          users = position.users;
          seconds = position.nextChangeSeconds;
          position = timeline.at(seconds);
        }
        expect(seconds).toBeCloseTo(timeline.seconds, 6);
      }),
    );
  });

  test('the rate goes in a straight line from that of the stage before, once users are in', () => {
    const timeline = timelineOf(
      [
        { users: 10, usersPerSecond: 10, rampSeconds: 10, holdSeconds: 5, requestsPerSecond: 100 },
        { users: 10, rampSeconds: 20, holdSeconds: 0, requestsPerSecond: 0 },
        { users: 10, holdSeconds: 10, requestsPerSecond: 0 },
      ],
      'even',
    );
    const rates = [0, 1, 6, 11, 15.9, 16, 26, 35, 40].map((second) => timeline.at(second)?.requestsPerSecond);
    expect(rates).toEqual([0, 0, 50, 100, 100, 100, 50, 5, 0]);
    expect([1, 6, 12, 20].map((second) => timeline.at(second)?.nextChangeSeconds)).toEqual([11, 11, 16, 36]);
    expect(timeline.seconds).toBe(46);
  });

  test('20,000 stages are as easy as two', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      ...{ users: 5, usersPerSecond: 5, holdSeconds: 60, requestsPerSecond: index },
    }));
    expect(timelineOf(many, 'poisson').at(1 + 60 * 12_345 + 30)?.requestsPerSecond).toBe(12_345);
  });
});
