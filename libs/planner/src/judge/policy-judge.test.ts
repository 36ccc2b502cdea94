import { expect, test } from '@jest/globals';
import { capacity, judgeOf, subject, trace } from '../../test/subjects.ts';
import { asMeasured } from './outcome.ts';

const hour = 3600;
const constant = (rate: number, minutes = 180): readonly number[] =>
  Array.from({ length: minutes }, () => rate);
/** Without policies: what runs stays. */
const fixed = (units: number) => ({
  capacity: { min: units, max: units, desired: units },
  scaling: { policies: [] },
});

test('a fleet that carries the load is short of nothing, and one unit too few is short of its share', () => {
  const whole = { fromSeconds: 0, toSeconds: 3 * hour };
  const four = subject(constant(100), fixed(4));
  const enough = judgeOf(four).judge(four.environment, whole, asMeasured);
  expect(enough.elasticity.aboveCapacity.percent).toBe(0);
  expect(enough.elasticity.overProvisioning.timePercent).toBe(0);
  expect(enough).toMatchObject({ averageUnits: 4, peakUnits: 4, scaleEvents: 0 });

  const three = subject(constant(100), fixed(3));
  const short = judgeOf(three).judge(three.environment, whole, asMeasured);
  expect(short.elasticity.aboveCapacity).toEqual({
    requests: 25 * 3 * hour,
    percent: 25,
    longestSeconds: 3 * hour,
  });
  expect(short.elasticity.underProvisioning).toMatchObject({ timePercent: 100, meanUnits: 1 });
  expect(short.computeUsdPerMonth).toBeCloseTo(0.75 * enough.computeUsdPerMonth, 6);
});

test('conditions change what a unit carries, how much traffic there is, and when it begins', () => {
  const of = subject(constant(100), fixed(4));
  const judge = judgeOf(of);
  const whole = { fromSeconds: 0, toSeconds: 3 * hour };
  const above = (condition: Partial<typeof asMeasured>) =>
    judge.judge(of.environment, whole, { ...asMeasured, name: JSON.stringify(condition), ...condition })
      .elasticity;
  expect(above({ capacityFactor: 0.9 }).aboveCapacity.percent).toBeCloseTo(10, 6);
  expect(above({ loadFactor: 0.75 }).meanUnits.demand).toBe(3);
  const late = above({ startSeconds: 30 });
  expect([late.fromSeconds, late.toSeconds, late.requests]).toEqual([30, 3 * hour + 30, 100 * 3 * hour]);
});

test('a part is judged alone, after what came before it', () => {
  // An hour of nothing, then more than two tasks carry: what scales out does so in the second hour.
  const rates = [...constant(0, 60), ...constant(150, 60), ...constant(150, 60)];
  const of = subject(rates, { capacity: { min: 1, max: 10, desired: 1 } });
  const judge = judgeOf(of);
  const part = (index: number) =>
    judge.judge(of.environment, { fromSeconds: index * hour, toSeconds: (index + 1) * hour }, asMeasured);
  const [first, second, third] = [part(0), part(1), part(2)];
  expect(first.elasticity.requests).toBe(0);
  expect(second.scaleEvents).toBeGreaterThan(0);
  expect(third.averageUnits).toBeGreaterThan(first.averageUnits);
  const all = judge.judge(of.environment, { fromSeconds: 0, toSeconds: 3 * hour }, asMeasured);
  expect(all.scaleEvents).toBe(first.scaleEvents + second.scaleEvents + third.scaleEvents);
  const sum = [first, second, third].reduce((units, { averageUnits }) => units + averageUnits, 0);
  expect(all.averageUnits).toBeCloseTo(sum / 3, 9);
});

test('a trace begins with the units that its first step needs, within the bounds', () => {
  const of = subject(constant(150, 30), { capacity: { min: 2, max: 10, desired: 2 } });
  const { points } = judgeOf(of).simulate(of.environment, 60, asMeasured);
  expect(points[0]).toMatchObject({ running: 6, desired: 6 });
  const bounded = subject(constant(150, 30), { capacity: { min: 2, max: 3, desired: 2 } });
  expect(judgeOf(bounded).simulate(bounded.environment, 60, asMeasured).points[0]).toMatchObject({
    running: 3,
  });
});

test('the CPU time that was measured is what a policy on CPU sees', () => {
  const policies = [
    { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 } },
  ] as const;
  const input = { capacity: { min: 1, max: 10, desired: 1 }, scaling: { policies: [...policies] } };
  const averageOf = (cpuMillisecondsPerRequest: number) => {
    const of = { ...subject(constant(40), input), capacity: capacity(25, { cpuMillisecondsPerRequest }) };
    return judgeOf(of).judge(of.environment, { fromSeconds: 2 * hour, toSeconds: 3 * hour }, asMeasured)
      .averageUnits;
  };
  // 40 requests/s x 5 ms are 0.2 vCPU, of 0.25 in a task: at 50 % two tasks. At 2 ms one is enough.
  expect(averageOf(5)).toBe(2);
  expect(averageOf(2)).toBe(1);
});

test('schedules run by the calendar of the trace', () => {
  const policies = [
    { type: 'scheduled', name: 'morning', schedule: 'cron(0 8 * * ? *)', minCapacity: 5 },
  ] as const;
  const startedAt = new Date('2026-03-01T07:00:00Z');
  const of = subject(
    constant(1),
    { capacity: { min: 1, max: 10, desired: 1 }, scaling: { policies: [...policies] } },
    { trace: trace(constant(1), { startedAt }) },
  );
  const { decisions } = judgeOf(of).simulate(of.environment, 3 * hour, asMeasured);
  expect(decisions.map(({ seconds, to }) => [seconds, to])).toEqual([[hour, 5]]);
});
