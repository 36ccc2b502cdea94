import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadSeconds, stagePosition } from './stage-timeline.ts';

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
    expect(stagePosition(stages, seconds)).toEqual(position);
  });

  test('a load lasts as long as its ramps and holds together', () => {
    expect(loadSeconds(stages)).toBe(2 + 20 + 3 + 7);
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
        for (let position = stagePosition(generated, 0); position !== null;) {
          expect(Math.abs(position.users - users)).toBeLessThanOrEqual(1);
          expect(position.nextChangeSeconds).toBeGreaterThan(seconds);
          users = position.users;
          seconds = position.nextChangeSeconds;
          position = stagePosition(generated, seconds);
        }
        expect(seconds).toBeCloseTo(loadSeconds(generated), 6);
      }),
    );
  });
});
