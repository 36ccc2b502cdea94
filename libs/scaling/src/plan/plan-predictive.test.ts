import { expect, test } from '@jest/globals';
import { predict, predicted } from '../../test/forecasts.ts';
import { planScaling } from './plan-scaling.ts';

test.each([
  ['2026-01-01T10:00:00Z', 0],
  ['2026-01-01T10:20:30Z', -(20 * 60 + 30)],
  ['2026-01-01T10:59:59Z', -3599],
])('the hour of second 0 begins on the hour: of a start at %s at second %i', (startsAt, startSeconds) => {
  const [planned] = planScaling(predicted([predict()]), { startedAt: new Date(startsAt) }).predictive;
  expect(planned?.hours.startSeconds).toBe(startSeconds);
});
