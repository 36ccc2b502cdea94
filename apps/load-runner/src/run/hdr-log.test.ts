import { expect, test } from '@jest/globals';
import { HistogramLogReader } from 'hdr-histogram-js';
import { LoadTally } from '../load/figures/load-tally.ts';
import { LoadBuckets } from '../load/figures/load-buckets.ts';
import { hdrLog } from './hdr-log.ts';

test('a reader of HdrHistogram logs finds every answered request, stretch by stretch', () => {
  const from = { wallMs: 0, cloudSeconds: 0 };
  const to = { wallMs: 600, cloudSeconds: 12 };
  const buckets = new LoadBuckets(from);
  for (const latencyMs of [1, 2, 3]) buckets.answered(latencyMs);
  buckets.tick({ wallMs: 300, cloudSeconds: 6 });
  buckets.answered(40);
  const load = { from, to, tally: new LoadTally(buckets, []), buckets: buckets.finish(to) };
  const log = hdrLog({ startedAt: new Date('2026-01-05T10:00:00Z'), load });

  const reader = new HistogramLogReader(log);
  const [first, second, end] = [1, 2, 3].map(() => reader.nextIntervalHistogram());
  expect([first?.totalCount, second?.totalCount, end]).toEqual([3, 1, null]);
  expect(first?.getValueAtPercentile(100)).toBe(3000 + 1);
  expect(second?.mean).toBeCloseTo(40_000, -2);
});
