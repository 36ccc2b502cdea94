import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isInShare, newSampledTraceId } from './sampled-share.ts';

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const hexadecimal = (digits: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdef')),
    minLength: digits,
    maxLength: digits,
  });

describe('the share that is sampled', () => {
  test('is decided by the id alone, alike where the trace begins and where it goes on', () => {
    fc.assert(
      fc.property(unit, unit, (share, drawn) => {
        const id = newSampledTraceId(share, () => drawn);
        if (id !== undefined) expect([id.digits.length, isInShare(id.digits, share)]).toEqual([32, true]);
        else expect(Math.floor(drawn * 2 ** 32)).toBeLessThan((1 - share) * 2 ** 32);
      }),
    );
  });

  test('of a larger share has all traces of a smaller one', () => {
    fc.assert(
      fc.property(hexadecimal(32), unit, unit, (id, one, other) => {
        const [small, large] = one < other ? [one, other] : [other, one];
        if (isInShare(id, small)) expect(isInShare(id, large)).toBe(true);
      }),
    );
  });

  test.each([
    ['0'.repeat(32), 0.5, false],
    [`${'0'.repeat(18)}8${'0'.repeat(13)}`, 0.5, true],
    [`${'0'.repeat(18)}7${'f'.repeat(13)}`, 0.5, false],
    ['f'.repeat(32), 0, false],
    ['F'.repeat(32), 0.01, true],
    ['0'.repeat(32), 1, true],
    ['z'.repeat(32), 0.99, false],
  ])('has %s at %d: %p', (id, share, isSampled) => {
    expect(isInShare(id, share)).toBe(isSampled);
  });
});
