import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addUnits, setUnits, type Cart } from './cart.ts';
import { unitsLeft, type Stock } from './stock-document.ts';

const now = new Date('2026-01-02T03:00:00Z');
const endsAt = '2026-01-02T05:00:00.000Z';
const empty: Cart = { sale: 'sale', quantity: 0, tokens: [] };
const stockOf = (total: number, sold = 0): Stock => ({ total, sold, endsAt });
const situation = { cart: empty, stock: stockOf(10), maximumPerCart: 5, now };

describe('a cart', () => {
  test('takes units from the stock, all of them or none', () => {
    expect(addUnits(situation, { quantity: 3, token: undefined })).toEqual({
      outcome: 'added',
      cart: { ...empty, quantity: 3 },
      stock: stockOf(10, 3),
    });
    const few = { ...situation, stock: stockOf(10, 8) };
    expect(addUnits(few, { quantity: 3, token: undefined })).toEqual({
      outcome: 'too-few-left',
      cart: empty,
      stock: stockOf(10, 8),
    });
  });

  test.each([
    ['sold-out', { stock: stockOf(10, 10) }],
    ['sold-out', { stock: stockOf(0) }],
    ['cart-full', { cart: { ...empty, quantity: 5 } }],
    ['sale-ended', { now: new Date(endsAt) }],
  ] as const)('says %s and changes nothing', (outcome, change) => {
    const changed = { ...situation, ...change };
    expect(addUnits(changed, { quantity: 1, token: 't' })).toEqual({
      outcome,
      cart: changed.cart,
      stock: changed.stock,
    });
  });

  test('gives units back, even when the sale is over', () => {
    const over = {
      ...situation,
      now: new Date(endsAt),
      cart: { ...empty, quantity: 4 },
      stock: stockOf(10, 4),
    };
    expect(setUnits(over, 0)).toEqual({ outcome: 'removed', cart: empty, stock: stockOf(10, 0) });
    expect(setUnits(over, 5).outcome).toBe('sale-ended');
  });

  test('counts a form once, however often it comes, and remembers the last twenty', () => {
    const roomy = { ...situation, maximumPerCart: 100, stock: stockOf(100) };
    const first = addUnits(roomy, { quantity: 1, token: 'first' });
    expect(addUnits({ ...roomy, ...first }, { quantity: 1, token: 'first' })).toEqual({
      ...first,
      outcome: 'repeated',
    });
    const later = Array.from({ length: 20 }, (_, index) => `token-${index}`).reduce(
      (state, token) => ({ ...state, ...addUnits(state, { quantity: 1, token }) }),
      { ...roomy, ...first },
    );
    expect(later.cart).toMatchObject({ quantity: 21 });
    expect(later.cart.tokens).toHaveLength(20);
  });

  test('never makes more units than there are, nor loses one, whatever carts do', () => {
    const wish = fc.record({
      buyer: fc.nat(3),
      quantity: fc.integer({ min: 0, max: 6 }),
      token: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
      set: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.nat(12), fc.array(wish, { maxLength: 60 }), (total, wishes) => {
        let stock = stockOf(total);
        const carts: Cart[] = Array.from({ length: 4 }, () => empty);
        for (const { buyer, quantity, token, set } of wishes) {
          const before = { cart: carts[buyer]!, stock, maximumPerCart: 5, now };
          const decision = set
            ? setUnits(before, Math.min(quantity, 5))
            : addUnits(before, { quantity: Math.max(1, quantity), token });
          stock = decision.stock;
          carts[buyer] = decision.cart;
          const inCarts = carts.reduce((sum, cart) => sum + cart.quantity, 0);
          expect(stock.sold).toBe(inCarts);
          expect(stock.sold + unitsLeft(stock)).toBe(total);
          expect(Math.max(...carts.map((cart) => cart.quantity))).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});
