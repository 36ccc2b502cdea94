import { describe, expect, test } from '@jest/globals';
import { benchNames, ratioNames } from './bench-name.ts';
import { meets, targets } from './target.ts';

describe('meets', () => {
  test('includes the value itself', () => {
    expect(meets(0.8, { bound: 'at least', value: 0.8 })).toBe(true);
    expect(meets(0.7999, { bound: 'at least', value: 0.8 })).toBe(false);
    expect(meets(1, { bound: 'at most', value: 1 })).toBe(true);
    expect(meets(1.001, { bound: 'at most', value: 1 })).toBe(false);
  });

  test('judges a rate from below, and a time from above', () => {
    for (const name of benchNames) {
      const target = targets[name];
      if (target === null) continue;
      const isRatio = (ratioNames as readonly string[]).includes(name);
      expect(target.bound === 'at least').toBe(isRatio);
    }
  });
});
