import { describe, expect, test } from '@jest/globals';
import { newSpanId, newTraceId, spanIdOf, traceIdOf } from './trace-ids.ts';

describe('ids', () => {
  test('are of the length and the digits that OpenTelemetry asks for, and begin with the second as X-Ray’s do', () => {
    for (const { digits } of [newTraceId(), newTraceId()]) {
      expect(digits).toMatch(/^[0-9a-f]{32}$/);
      expect(Math.abs(parseInt(digits.slice(0, 8), 16) - Date.now() / 1000)).toBeLessThan(60);
    }
    expect(newSpanId().digits).toMatch(/^[0-9a-f]{16}$/);
  });

  test('are not used twice', () => {
    for (const make of [newSpanId, newTraceId]) {
      const ids = Array.from({ length: 5000 }, () => make().digits);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('are the same by their digits and by their words', () => {
    const span = newSpanId();
    expect(span).toEqual(spanIdOf(span.digits));
    const trace = newTraceId();
    expect(trace).toEqual(traceIdOf(trace.digits));
    expect(traceIdOf('0000000f7fffffff80000000ffffffff')).toMatchObject({
      word0: 15,
      word1: 2 ** 31 - 1,
      word2: -(2 ** 31),
      word3: -1,
    });
  });
});
