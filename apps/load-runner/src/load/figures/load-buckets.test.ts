import { describe, expect, test } from '@jest/globals';
import { LoadBuckets } from './load-buckets.ts';

const at = (wallMs: number) => ({ wallMs, cloudSeconds: (wallMs / 1000) * 10 });

describe('load buckets', () => {
  test('results go into the bucket of the quarter second they end in, stamped with cloud time', () => {
    const buckets = new LoadBuckets(at(0));
    buckets.answered(3);
    buckets.failed('http-502');
    buckets.tick(at(100));
    buckets.tick(at(250));
    buckets.answered(5);
    const [first, second, ...more] = buckets.finish(at(300));
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      fromCloudSeconds: 0,
      toCloudSeconds: 2.5,
      wallMs: 250,
      requests: 2,
      failures: { 'http-502': 1 },
    });
    expect(second).toMatchObject({
      fromCloudSeconds: 2.5,
      toCloudSeconds: 3,
      wallMs: 50,
      requests: 1,
      failures: {},
    });
    expect([...first!.latencies]).toEqual([3000, 1]);
  });

  test('a quiet stretch has buckets too', () => {
    const buckets = new LoadBuckets(at(0));
    for (let wallMs = 250; wallMs <= 1000; wallMs += 250) buckets.tick(at(wallMs));
    expect(buckets.finish(at(1000)).map(({ requests }) => requests)).toEqual([0, 0, 0, 0]);
  });

  test('many buckets become half as many, twice as long, with nothing lost', () => {
    const buckets = new LoadBuckets(at(0), 4);
    for (let wallMs = 250; wallMs <= 4000; wallMs += 250) {
      buckets.answered(wallMs / 1000);
      buckets.failed('timeout');
      buckets.tick(at(wallMs));
    }
    const all = buckets.finish(at(4000));
    expect(all.length).toBeLessThanOrEqual(4);
    expect(all.reduce((sum, { requests }) => sum + requests, 0)).toBe(32);
    expect(all.reduce((sum, { failures }) => sum + (failures.timeout ?? 0), 0)).toBe(16);
    expect(all.reduce((sum, { wallMs }) => sum + wallMs, 0)).toBe(4000);
    expect(all[0]?.fromCloudSeconds).toBe(0);
    expect(all.at(-1)?.toCloudSeconds).toBe(40);
  });
});
