import { describe, expect, test } from '@jest/globals';
import { takeTurns } from './take-turns.ts';

describe('takeTurns', () => {
  test('goes through the contenders forwards and backwards, and keeps each one’s results in order', async () => {
    const order: string[] = [];
    const results = await takeTurns(['a', 'b'], 3, (name, round) => {
      order.push(`${name}${round}`);
      return Promise.resolve(round * (name === 'a' ? 1 : 10));
    });
    expect(order).toEqual(['a1', 'b1', 'b2', 'a2', 'a3', 'b3']);
    expect(results).toEqual({ a: [1, 2, 3], b: [10, 20, 30] });
  });

  test('ends at the first failure', async () => {
    const order: string[] = [];
    const fails = takeTurns(['a', 'b'], 3, (name) => {
      order.push(name);
      return name === 'b' ? Promise.reject(new Error('b failed')) : Promise.resolve(1);
    });
    await expect(fails).rejects.toThrow('b failed');
    expect(order).toEqual(['a', 'b']);
  });
});
