import { describe, expect, test } from '@jest/globals';
import { stockKept } from './stock-kept.ts';

/** A sale of 300 units to buyers who asked for so many. */
const sale = (asked: number, sold: number) => ({ total: 300, soldBefore: 0, sold, inCarts: sold, asked });

describe('the check of a stock', () => {
  test('passes when what was sold is what buyers hold', () => {
    expect(stockKept({ total: 300, soldBefore: 10, sold: 300, inCarts: 290 })).toEqual({
      name: 'stock-kept',
      passed: true,
      observed: '300 of 300 units sold, 290 in the carts of this run',
      expected: 'at least 10, at most 300 units sold, 290 in the carts of this run',
    });
  });

  test('fails when nothing is sold to buyers who could have bought everything, as after the end of a sale', () => {
    expect(stockKept(sale(500, 0))).toEqual({
      name: 'stock-kept',
      passed: false,
      observed:
        '0 of 300 units sold, 0 in the carts of this run, whose buyers asked for 500 that carts have room for',
      expected: 'all 300 units sold, 300 in the carts of this run',
    });
  });

  test('wants everything sold when buyers asked for as many as were left, and what they asked for when not', () => {
    expect(stockKept(sale(300, 300)).passed).toBe(true);
    expect(stockKept(sale(300, 120)).passed).toBe(false);
    expect(stockKept({ ...sale(290, 290), soldBefore: 10, sold: 300 }).passed).toBe(true);
    expect(stockKept({ ...sale(290, 289), soldBefore: 10, sold: 299 }).passed).toBe(false);
    expect(stockKept(sale(120, 119)).passed).toBe(false);
    expect(stockKept(sale(120, 120))).toMatchObject({
      passed: true,
      observed: expect.stringContaining('asked for 120'),
      expected: 'at least 120, at most 300 units sold, 120 in the carts of this run',
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

test('a sale that could not be read says why', () => {
  expect(stockKept({ unreadable: '/stock answered 503' })).toEqual({
    name: 'stock-kept',
    passed: false,
    observed: 'the sale could not be read: /stock answered 503',
    expected: 'the shop tells its stock, and each buyer’s cart',
  });
});

test('a sale of which nothing must be sold may sell any part', () => {
  expect(stockKept({ total: 300, soldBefore: 0, sold: 7, inCarts: 7 })).toMatchObject({
    passed: true,
    expected: 'at most 300 units sold, 7 in the carts of this run',
  });
});
