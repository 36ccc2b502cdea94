import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LeastOutstandingRequests, RoundRobin, type Routable } from './routing.ts';

interface Candidate extends Routable {
  readonly id: string;
}
const target = (id: string, options: Partial<Routable> = {}): Candidate => ({
  id,
  requestsInFlight: 0,
  slowStartedAt: undefined,
  weight: 1,
  ...options,
});
const plain = { now: 0, slowStartSeconds: 0 };

describe('RoundRobin', () => {
  test('gives every target the same share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 20 }), (count, rounds) => {
        const targets = Array.from({ length: count }, (_, index) => target(`${index}`));
        const router = new RoundRobin<Candidate>();
        const hits = new Map<string, number>();
        for (let turn = 0; turn < count * rounds; turn++) {
          const { id } = router.choose(targets, plain)!;
          hits.set(id, (hits.get(id) ?? 0) + 1);
        }
        expect([...hits.values()]).toEqual(targets.map(() => rounds));
      }),
    );
  });

  test('has nobody to choose among no targets', () => {
    expect(new RoundRobin().choose([], plain)).toBeUndefined();
  });

  test.each([
    [0, 0],
    [15, 1 / 5],
    [30, 1 / 3],
    [45, 3 / 7],
    [60, 1 / 2],
    [600, 1 / 2],
  ])('%i s into a slow start of 60 s, one target beside a full one gets a share of %d', (now, share) => {
    const targets = [target('full'), target('slow', { slowStartedAt: 0 })];
    const router = new RoundRobin<Candidate>();
    const chosen = Array.from(
      { length: 1000 },
      () => router.choose(targets, { now, slowStartSeconds: 60 })!.id,
    );
    expect(chosen.filter((id) => id === 'slow').length / 1000).toBeCloseTo(share, 2);
  });

  test('slow start is skipped where no target takes its full share', () => {
    const targets = [target('a', { slowStartedAt: 0 }), target('b', { slowStartedAt: 30 })];
    const router = new RoundRobin<Candidate>();
    const chosen = Array.from(
      { length: 10 },
      () => router.choose(targets, { now: 31, slowStartSeconds: 60 })!.id,
    );
    expect(chosen.filter((id) => id === 'b')).toHaveLength(5);
  });
});

describe('LeastOutstandingRequests', () => {
  test('never chooses a target while another has fewer requests in flight', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1 }), fc.nat({ max: 10 }), (loads, turns) => {
        const targets = loads.map((requestsInFlight, index) => target(`${index}`, { requestsInFlight }));
        const router = new LeastOutstandingRequests<Candidate>();
        for (let turn = 0; turn <= turns; turn++)
          expect(router.choose(targets)!.requestsInFlight).toBe(Math.min(...loads));
      }),
    );
  });

  test('equally loaded targets take turns', () => {
    const targets = [target('a'), target('b'), target('c')];
    const router = new LeastOutstandingRequests<Candidate>();
    const chosen = Array.from({ length: 6 }, () => router.choose(targets)!.id);
    expect(chosen.sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  test('has nobody to choose among no targets', () => {
    expect(new LeastOutstandingRequests().choose([])).toBeUndefined();
  });
});
