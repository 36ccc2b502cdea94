import { describe, expect, test } from '@jest/globals';
import { stockKept } from './sale-figures.ts';

describe('the check of a stock', () => {
  test('passes when what was sold is what buyers hold', () => {
    expect(stockKept({ total: 300, soldBefore: 10, sold: 300, inCarts: 290 })).toEqual({
      name: 'stock-kept',
      passed: true,
      observed: '300 of 300 units sold, 290 in the carts of this run',
      expected: 'at most 300 units sold, 290 in the carts of this run',
    });
  });

  test.each([
    ['more were sold than there were', { total: 300, soldBefore: 0, sold: 301, inCarts: 301 }],
    ['buyers hold more than the shop knows of', { total: 300, soldBefore: 0, sold: 299, inCarts: 300 }],
    ['what was sold is in no cart', { total: 300, soldBefore: 0, sold: 300, inCarts: 299 }],
    ['nothing could be read', { unreadable: '/stock answered 503' }],
  ])('fails when %s', (_, sale) => {
    expect(stockKept(sale).passed).toBe(false);
  });
});
