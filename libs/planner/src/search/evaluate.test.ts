import { expect, test } from '@jest/globals';
import { genes, judgeOf, subject } from '../../test/subjects.ts';
import { asMeasured } from '../judge/outcome.ts';
import { evaluate } from './evaluate.ts';

const day = 1440;
const daySeconds = 86_400;

test('a schedule learnt of the first days alone meets other hours on the next ones', () => {
  // Two busy hours a day, at other hours from the third day on.
  const rates = Array.from({ length: 4 * day }, (_, minute) => {
    const from = minute < 2 * day ? 6 * 60 : 15 * 60;
    return minute % day >= from && minute % day < from + 120 ? 200 : 20;
  });
  const of = subject(rates, { capacity: { min: 1, max: 20, desired: 1 } });
  const judge = judgeOf(of);
  const job = {
    genes: genes({ family: 'scheduled', scheduledQuantile: 1, min: 1, max: 20 }),
    part: { fromSeconds: 2 * daySeconds, toSeconds: 4 * daySeconds },
    condition: asMeasured,
  };
  const above = (learntSeconds?: number) =>
    evaluate(judge, of, learntSeconds === undefined ? job : { ...job, learntSeconds })?.elasticity
      .aboveCapacity.percent;
  expect(above()).toBe(0);
  expect(above(2 * daySeconds)).toBeGreaterThan(1);
  expect(above(4 * daySeconds)).toBe(above());
});
