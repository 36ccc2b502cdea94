import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DesiredHistory } from './desired-history.ts';

describe('desired history', () => {
  test('nothing is known before the first count', () => {
    expect(new DesiredHistory([{ atMs: 5, count: 2 }]).before(5)).toBeUndefined();
  });

  test('a copy leaves the original as it is', () => {
    const history = new DesiredHistory([{ atMs: 0, count: 2 }]);
    history.copy().add(1, 6);
    expect(history.before(2)).toBe(2);
  });

  test('tells the count of the latest moment before, in whatever order counts came', () => {
    const points = fc.uniqueArray(fc.record({ atMs: fc.nat(50), count: fc.nat(6) }), {
      selector: ({ atMs }) => atMs,
      minLength: 1,
    });
    fc.assert(
      fc.property(points, fc.nat(60), (added, atMs) => {
        const inOrder = added.toSorted((left, right) => left.atMs - right.atMs);
        const history = new DesiredHistory();
        for (const point of inOrder) history.add(point.atMs, point.count);
        expect(history.before(atMs)).toBe(inOrder.findLast((point) => point.atMs < atMs)?.count);
      }),
    );
  });
});
