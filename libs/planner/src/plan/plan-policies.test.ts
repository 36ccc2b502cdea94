import { beforeAll, expect, test } from '@jest/globals';
import { judgeOf, subject } from '../../test/subjects.ts';
import type { PlanSubject } from '../families/family.ts';
import { type Job, evaluate, firstPart } from '../search/evaluate.ts';
import { planDocument } from './plan-document.ts';
import { type PlanDocument, planDocumentSchema } from './plan-schema.ts';
import { type PlanOptions, planPolicies } from './plan-policies.ts';

/** A cycle of four hours: half of them busy. */
const cycle = 240;
const fittedSeconds = 12 * 3600;
/** Twenty hours of them, with some unrest. */
const rates = (later: (rate: number) => number = (rate) => rate): readonly number[] =>
  Array.from({ length: 5 * cycle }, (_, minute) => {
    const rate = (minute % cycle < cycle / 2 ? 180 : 30) * (1 + 0.1 * Math.sin(minute));
    return minute * 60 < fittedSeconds ? rate : later(rate);
  });

const input = { capacity: { min: 2, max: 20, desired: 2 } } as const;

async function plan(of: PlanSubject, overrides: Partial<PlanOptions> = {}) {
  const judge = judgeOf(of);
  const fitted = firstPart(of, fittedSeconds);
  const options: PlanOptions = {
    subject: of,
    limits: { maxShortPercent: 8, budgetUsdPerMonth: null, maxUnits: null },
    seed: 3,
    candidates: 72,
    fittedSeconds,
    evaluateAll: (jobs) => Promise.resolve(jobs.map((job) => evaluate(judge, fitted, job))),
    isOver: () => false,
    onProgress: () => undefined,
    ...overrides,
  };
  const made = await planPolicies(options);
  const { limits, seed } = options;
  return {
    made,
    document: planDocument(made, { subject: of, fittedSeconds, limits, seed, wallSeconds: 0 }),
  };
}

let calm: PlanDocument;
beforeAll(async () => {
  calm = (await plan(subject(rates(), input))).document;
});

test('the same seed gives the same plan, within its limits', async () => {
  const { document } = await plan(subject(rates(), input));
  expect(document).toEqual(calm);
  expect(document.choice).toBe('cheapest-within-limits');
  expect(document.recommended.fitted.requestsAboveCapacity.percent).toBeLessThanOrEqual(8);
  expect(document.search).toMatchObject({ candidates: 72, stoppedEarly: false });
});

test('the part that is held out has no say in what is chosen, and is what it is judged on', async () => {
  const busy = await plan(
    subject(
      rates((rate) => rate * 1.5),
      input,
    ),
  );
  expect(busy.document.recommended.settings).toEqual(calm.recommended.settings);
  expect(busy.document.recommended.fitted).toEqual(calm.recommended.fitted);
  expect(busy.document.recommended.heldOut.averageUnits).toBeGreaterThan(
    calm.recommended.heldOut.averageUnits,
  );
});

test('a plan is what its schema says, and nothing else', () => {
  expect(planDocumentSchema.parse(JSON.parse(JSON.stringify(calm)))).toEqual(
    JSON.parse(JSON.stringify(calm)),
  );
});

test('the front is cheapest first, and each of it better than those before', () => {
  const costs = calm.front.map(({ fitted }) => fitted.cost.computeUsdPerMonth);
  const above = calm.front.map(({ fitted }) => fitted.requestsAboveCapacity.percent);
  expect(costs.length).toBeGreaterThan(2);
  expect([...costs].sort((a, b) => a - b)).toEqual(costs);
  expect([...above].sort((a, b) => b - a)).toEqual(above);
});

test('the worst day is the one with the most requests above capacity', async () => {
  // From 08:00 on, so that the last four hours are another day.
  const spoiled = rates().map((rate, minute) => (minute >= 1100 && minute < 1130 ? 600 : rate));
  const of = subject(spoiled, input);
  const startedAt = new Date('2026-01-05T08:00:00Z');
  const { document } = await plan({ ...of, trace: { ...of.trace, startedAt } }, { candidates: 24 });
  expect(document.worstDay).toBe('2026-01-06');
  expect(document.current.worstDay.elasticity).toMatchObject({
    fromSeconds: 16 * 3600,
    toSeconds: 20 * 3600,
  });
});

test('a search that is over stops with what it has', async () => {
  let batches = 0;
  const { document } = await plan(subject(rates(), input), { isOver: () => (batches += 1) > 1 });
  expect(document.search).toMatchObject({ candidates: 48, stoppedEarly: true });
});

test('no more units run than allowed', async () => {
  const limits = { maxShortPercent: null, budgetUsdPerMonth: null, maxUnits: 5 };
  const { document } = await plan(subject(rates(), input), { limits, candidates: 24 });
  expect(document.front.map(({ settings }) => settings.capacity.max).filter((max) => max > 5)).toEqual([]);
});

test('sensitivity and remarks say what the plan depends on', async () => {
  const { document } = await plan(
    subject(
      rates((rate) => rate * 2),
      input,
    ),
    { candidates: 24 },
  );
  expect(document.sensitivity.map(({ condition }) => condition.name)).toEqual([
    'a unit carries 10 % less',
    'a unit carries 10 % more',
    'there is a quarter less traffic',
    'the load begins 30 s into the minute',
  ]);
  expect(document.remarks.map(({ code }) => code)).toContain('TL-PLAN-TRACE-SHIFTED');
});

test('what is chosen also has to hold on days that it was not learnt of', async () => {
  const of = subject(rates(), input);
  const judge = judgeOf(of);
  const fitted = firstPart(of, fittedSeconds);
  const unseen: Job[] = [];
  await plan(of, {
    evaluateAll: (jobs) => {
      unseen.push(...jobs.filter(({ learntSeconds }) => learntSeconds !== undefined));
      return Promise.resolve(jobs.map((job) => evaluate(judge, fitted, job)));
    },
  });
  const [current, ...finalists] = unseen;
  expect(current?.genes).toBeNull();
  expect(finalists.length).toBeGreaterThan(2);
  for (const { part, learntSeconds } of unseen)
    expect({ part, learntSeconds }).toEqual({
      part: { fromSeconds: fittedSeconds / 2, toSeconds: fittedSeconds },
      learntSeconds: fittedSeconds / 2,
    });
});
