import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paceOf, slotFrom, slotsAhead } from './arrival-schedule.ts';

const gaps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0));

const slotsWithin = (ask: { joined: number; users: number; rate: number }, untilMs: number): number[] =>
  Array.from({ length: ask.joined }, (_, user) => {
    const pace = paceOf({ user, users: ask.users, requestsPerSecond: ask.rate, originMs: 0 });
    const slots: number[] = [];
    for (let slot = slotFrom(pace, 0); slot < untilMs; slot += pace.periodMs) slots.push(slot);
    return slots;
  })
    .flat()
    .sort((left, right) => left - right);

describe('arrival schedule', () => {
  test('users who have all joined send exactly one request every 1/rate seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5000 }), (users, rate) => {
        const periodMs = (users / rate) * 1000;
        const off = gaps(slotsWithin({ joined: users, users, rate }, 3 * periodMs)).map((gap) =>
          Math.abs(gap - 1000 / rate),
        );
        expect(Math.max(0, ...off)).toBeLessThan(1e-6);
      }),
      { numRuns: 50 },
    );
  });

  test('users who have joined so far are spread over the period, not bunched', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 120 })
          .chain((users) => fc.tuple(fc.integer({ min: 2, max: users }), fc.constant(users))),
        ([joined, users]) => {
          const rate = 100;
          const meanGapMs = (users / rate / joined) * 1000;
          const widest = Math.max(...gaps(slotsWithin({ joined, users, rate }, (3000 * users) / rate)));
          // Van der Corput leaves gaps of at most twice the mean; ranks on a grid add less than one grid step.
          expect(widest).toBeLessThanOrEqual(2 * meanGapMs + 1000 / rate);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('four users at 4/s send a quarter second apart', () => {
    const slots = slotsWithin({ joined: 4, users: 4, rate: 4 }, 1000);
    expect(slots).toEqual([0, 250, 500, 750]);
  });

  test('a user who joins late starts at the next slot of the pace', () => {
    const pace = paceOf({ user: 1, users: 2, requestsPerSecond: 10, originMs: 1000 });
    expect(pace).toEqual({ originMs: 1000, phase: 0.5, periodMs: 200 });
    expect(slotFrom(pace, 0)).toBe(1100);
    expect(slotFrom(pace, 1100)).toBe(1100);
    expect(slotFrom(pace, 1101)).toBe(1300);
  });

  test('slots are counted ahead of a moment, which itself does not count', () => {
    const pace = { originMs: 0, phase: 0, periodMs: 100 };
    expect(slotsAhead(pace, 200, 200)).toBe(0);
    expect(slotsAhead(pace, 200, 201)).toBe(1);
    expect(slotsAhead(pace, 200, 500)).toBe(3);
    expect(slotsAhead(pace, 200, 100)).toBe(0);
  });

  test('a user on the way out of a larger stage keeps the frequency', () => {
    const pace = paceOf({ user: 9, users: 4, requestsPerSecond: 8, originMs: 0 });
    expect(pace.periodMs).toBe(500);
    expect(pace.phase).toBeGreaterThanOrEqual(0);
    expect(pace.phase).toBeLessThan(1);
  });
});
