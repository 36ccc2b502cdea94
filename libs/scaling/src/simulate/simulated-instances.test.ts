import { describe, expect, test } from '@jest/globals';
import { SimulatedInstances, inServiceShare } from './simulated-instances.ts';

const noPool = { warmPool: null, warmStartSeconds: { min: 0, max: 0 }, max: 100, drainSeconds: 0 } as const;

/** Boots of 100 s, of which an instance is in service after 30 s. */
const group = (
  running: number,
  over: { readonly warmupSeconds?: number; readonly isProtected?: boolean } = {},
) =>
  new SimulatedInstances(running, {
    startSeconds: { min: 100, max: 100 },
    warmupSeconds: 200,
    isProtected: false,
    seed: 1,
    ...noPool,
    ...over,
  });
const counts = ({ running, measured, instances, warmup }: SimulatedInstances) => [
  running,
  measured,
  instances,
  warmup.warming,
];

describe('a simulated instance that is launched', () => {
  test('serves after its boot, and counts once its warm-up from in service on is over', () => {
    const instances = group(2);
    instances.setDesired(4, 1000);
    expect(counts(instances)).toEqual([2, 2, 4, 2]);
    expect(instances.nextChangeSeconds).toBe(1100);
    instances.advance(1099);
    expect(counts(instances)).toEqual([2, 2, 4, 2]);
    instances.advance(1100);
    expect(counts(instances)).toEqual([4, 2, 4, 2]);
    expect(instances.nextChangeSeconds).toBe(1000 + 100 * inServiceShare + 200);
    instances.advance(1229);
    expect(instances.measured).toBe(2);
    instances.advance(1230);
    expect(counts(instances)).toEqual([4, 4, 4, 0]);
    expect(instances.nextChangeSeconds).toBe(Infinity);
  });

  test('counts no sooner than it serves', () => {
    const instances = group(1, { warmupSeconds: 0 });
    instances.setDesired(2, 0);
    instances.advance(99);
    expect(counts(instances)).toEqual([1, 1, 2, 1]);
    instances.advance(100);
    expect(counts(instances)).toEqual([2, 2, 2, 0]);
  });

  test('is warm in its own time, although one that was launched later serves before it', () => {
    const startSeconds = { min: 100, max: 100 };
    const instances = new SimulatedInstances(0, {
      ...noPool,
      ...{ startSeconds, warmupSeconds: 200, isProtected: false, seed: 1 },
    });
    instances.setDesired(1, 0);
    Object.assign(startSeconds, { min: 40, max: 40 });
    instances.setDesired(2, 50);
    instances.advance(100);
    // In service at 30 and at 62, and serving at 100 and at 90.
    expect([instances.running, instances.nextChangeSeconds]).toEqual([2, 230]);
    instances.advance(230);
    expect([instances.measured, instances.nextChangeSeconds]).toEqual([1, 262]);
  });

  test('boots for a time between the least and the most', () => {
    const instances = new SimulatedInstances(0, {
      ...noPool,
      ...{ startSeconds: { min: 50, max: 150 }, warmupSeconds: 0, isProtected: false, seed: 1 },
    });
    instances.setDesired(50, 1000);
    const served: number[] = [];
    while (instances.running < 50) {
      served.push(instances.nextChangeSeconds - 1000);
      instances.advance(instances.nextChangeSeconds);
    }
    expect(served).toEqual([...served].sort((one, other) => one - other));
    expect(Math.min(...served)).toBeGreaterThanOrEqual(50);
    expect(Math.min(...served)).toBeLessThan(60);
    expect(Math.max(...served)).toBeLessThan(150);
    expect(Math.max(...served)).toBeGreaterThan(140);
  });
});

describe('fewer simulated instances', () => {
  test('give up those that boot first', () => {
    const instances = group(2);
    instances.setDesired(4, 1000);
    instances.setDesired(3, 1010);
    expect(counts(instances)).toEqual([2, 2, 3, 1]);
    instances.advance(1100);
    expect(counts(instances)).toEqual([3, 2, 3, 1]);
  });

  test('give up those that warm up before those that are warm', () => {
    const instances = group(2);
    instances.setDesired(4, 1000);
    instances.advance(1100);
    instances.setDesired(3, 1110);
    expect(counts(instances)).toEqual([3, 2, 3, 1]);
    instances.setDesired(1, 1120);
    expect(counts(instances)).toEqual([1, 1, 1, 0]);
    expect(instances.nextChangeSeconds).toBe(Infinity);
  });

  test('are none where instances are protected', () => {
    const instances = group(3, { isProtected: true });
    instances.setDesired(1, 1000);
    expect(counts(instances)).toEqual([3, 3, 3, 0]);
    instances.setDesired(4, 1000);
    expect(counts(instances)).toEqual([3, 3, 4, 1]);
  });
});
