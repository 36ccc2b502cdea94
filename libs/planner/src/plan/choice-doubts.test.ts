import { expect, test } from '@jest/globals';
import { outcome } from '../../test/subjects.ts';
import { choiceDoubts } from './choice-doubts.ts';
import type { Choice } from './recommend.ts';

type Figures = Parameters<typeof outcome>;
const none = { maxShortPercent: null, budgetUsdPerMonth: null, maxUnits: null };
const now: Figures = [100, 1, 4];

test.each<[Choice, Figures, RegExp | null]>([
  ['cheaper', [70, 1, 6], null],
  ['cheaper', [70, 1.01, 4], /requests above capacity are 1\.01 %, and 1 % as it is now$/],
  ['cheaper', [101, 1, 4], /the cost is 101 USD a month, and 100 USD a month as it is now$/],
  ['safer', [110, 1, 2], null],
  ['safer', [110, 1.2, 2], /requests above capacity are 1\.2 %, and 1 % as it is now$/],
  ['safer', [111, 0, 2], /the cost is 111/],
  ['safer', [100, 0, 2.1], /the time with too few units is 2\.1 %, and 4 % as it is now$/],
  ['better', [100, 1, 4], null],
  ['better', [101, 2, 5], /cost is 101.*; requests above capacity are 2 %.*; the time .* is 5 %/],
  ['enough', [300, 5, 9], null],
  ['enough', [300, 5.1, 9], /5\.1 %: it does not carry this traffic$/],
  ['keep', now, null],
])('%s with %j in place of 100 USD, 1 %% above capacity and 4 %% short', (choice, figures, message) => {
  const heldOut = { current: outcome(...now), recommended: outcome(...figures) };
  const doubts = choiceDoubts(choice, heldOut, none);
  expect(doubts).toEqual(
    message === null
      ? []
      : [{ code: 'TL-PLAN-NOT-HELD', message: expect.stringMatching(message) as unknown }],
  );
});

test('what is kept may run more units on the part that was held out than may run', () => {
  const kept = { ...outcome(...now), peakUnits: 6 };
  const doubts = (maxUnits: number) =>
    choiceDoubts('keep', { current: kept, recommended: kept }, { ...none, maxUnits });
  expect(doubts(6)).toEqual([]);
  expect(doubts(4)[0]?.message).toMatch(/up to 6 units run, and at most 4 may$/);
});

test('what is negligible is no doubt', () => {
  const heldOut = { current: outcome(100, 0, 0), recommended: outcome(100, 0.1, 0.5) };
  expect(choiceDoubts('better', heldOut, none)).toEqual([]);
});

test('half of little is still half', () => {
  const heldOut = { current: outcome(100, 0, 0.46), recommended: outcome(100, 0, 0.42) };
  expect(choiceDoubts('safer', heldOut, none)).toHaveLength(1);
});

test.each<[Choice, Figures, RegExp | null]>([
  ['cheapest-within-limits', [60, 0.1, 0], null],
  ['cheapest-within-limits', [60, 0.2, 0], /0\.2 %, and at most 0\.1 % were asked for$/],
  ['cheapest-within-limits', [61, 0.1, 0], /the cost is 61 USD a month, and the budget 60$/],
  ['best-within-budget', [60, 9, 0], null],
  ['nearest-to-limits', [61, 9, 0], /the budget 60$/],
])('%s with %j, where 0.1 %% and 60 USD are the limits', (choice, figures, message) => {
  const limits = { maxShortPercent: 0.1, budgetUsdPerMonth: 60, maxUnits: null };
  const heldOut = { current: outcome(...now), recommended: outcome(...figures) };
  const [doubt] = choiceDoubts(choice, heldOut, limits);
  if (message === null) expect(doubt).toBeUndefined();
  else expect(doubt?.message).toMatch(message);
});
