import { expect, test } from '@jest/globals';
import { DatapointHistory } from './datapoint-history.ts';

test('a history keeps at least so many datapoints, and drops the oldest in batches', () => {
  const history = new DatapointHistory(2);
  const lengths: number[] = [];
  for (let startSeconds = 0; startSeconds < 70; startSeconds += 1) {
    history.push({ startSeconds, value: startSeconds });
    lengths.push(history.datapoints.length);
    expect(history.datapoints.at(-1)).toEqual({ startSeconds, value: startSeconds });
    expect(history.datapoints.at(-2)?.startSeconds).toBe(startSeconds === 0 ? undefined : startSeconds - 1);
  }
  expect(Math.max(...lengths)).toBe(32);
  expect(lengths.slice(30, 34)).toEqual([31, 32, 3, 4]);
});
