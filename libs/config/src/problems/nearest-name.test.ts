import { describe, expect, test } from '@jest/globals';
import { nearestName } from './nearest-name.mjs';
import { suggestName } from './suggest-name.ts';

describe('nearestName', () => {
  test.each([
    ['mni', ['min', 'max', 'desired'], 'min'],
    ['MAX', ['min', 'max'], 'max'],
    ['loadDriven', ['load-driven', 'fargate-alb'], 'load-driven'],
    ['healthchek', ['healthCheck', 'capacity'], 'healthCheck'],
  ])('takes %s for its neighbour', (typed, known, expected) => {
    expect(nearestName(typed, known)).toBe(expected);
  });

  test.each([
    ['bananas', ['min', 'max']],
    ['x', []],
  ])('suggests nothing for %s', (typed, known) => {
    expect(nearestName(typed, known)).toBeUndefined();
  });
});

test('suggestName lists what is allowed, with or without a neighbour', () => {
  expect(suggestName('mni', ['min', 'max'])).toBe('did you mean "min"? Allowed: min, max');
  expect(suggestName('bananas', ['min', 'max'])).toBe('Allowed: min, max');
  expect(suggestName('x', [])).toBe('Allowed: nothing');
});
