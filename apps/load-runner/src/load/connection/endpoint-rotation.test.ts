import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endpointRotation } from './endpoint-rotation.ts';

describe('endpoint rotation', () => {
  test('weights 3 and 1 alternate as evenly as they can', () => {
    const next = endpointRotation([
      { weight: 3, value: 'a' },
      { weight: 1, value: 'b' },
    ]);
    expect(Array.from({ length: 8 }, next).join('')).toBe('aabaaaba');
  });

  test('after as many turns as the weights add up to, each endpoint has had its weight', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }), (weights) => {
        const next = endpointRotation(weights.map((weight, value) => ({ weight, value })));
        const turns = Array.from({ length: weights.reduce((sum, weight) => sum + weight, 0) }, next);
        expect(weights.map((_, value) => turns.filter((turn) => turn === value).length)).toEqual(weights);
      }),
    );
  });

  test('without endpoints there is no rotation', () => {
    expect(() => endpointRotation([])).toThrow('at least one endpoint');
  });
});
