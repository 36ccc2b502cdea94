import { describe, expect, test } from '@jest/globals';
import { generatorHealth } from './generator-limit.ts';

const kept = {
  tally: { sent: 1000, unsent: 0, late: 0 },
  busyShare: 0.3,
  minRateFraction: 0.95,
  closedLoop: false,
};

describe('generator health', () => {
  test('a rate that was kept by a generator at ease is nobody’s limit', () => {
    expect(generatorHealth(kept)).toEqual({ limited: false, strained: false });
  });

  test('a rate missed by a busy generator is the generator’s doing', () => {
    const missed = { sent: 800, unsent: 200, late: 0 };
    expect(generatorHealth({ ...kept, tally: missed, busyShare: 0.97 })).toEqual({
      limited: true,
      strained: false,
    });
  });

  test('a rate missed while sending late to users who were free is the generator’s doing', () => {
    expect(generatorHealth({ ...kept, tally: { sent: 800, unsent: 200, late: 300 } }).limited).toBe(true);
  });

  test('a rate missed by a generator at ease is the target’s doing', () => {
    expect(generatorHealth({ ...kept, tally: { sent: 100, unsent: 900, late: 0 } }).limited).toBe(false);
  });

  test('lag that did not cost the rate is told as strain', () => {
    expect(generatorHealth({ ...kept, tally: { sent: 1000, unsent: 0, late: 100 } })).toEqual({
      limited: false,
      strained: true,
    });
  });

  test('a closed loop asks for no rate, and is never limited, only strained', () => {
    expect(generatorHealth({ ...kept, closedLoop: true, busyShare: 1 })).toEqual({
      limited: false,
      strained: true,
    });
  });
});
