import { describe, expect, test } from '@jest/globals';
import { isRequestId, requestIds } from './request-id.ts';

describe('requestIds', () => {
  test('are ordered within a process', () => {
    const next = requestIds('p');
    expect([next(), next()]).toEqual(['p-1', 'p-2']);
  });

  test('differ between processes', () => {
    expect(requestIds()()).not.toBe(requestIds()());
  });

  test('are acceptable when a peer sends them on', () => {
    expect(isRequestId(requestIds()())).toBe(true);
  });
});

describe('isRequestId', () => {
  test.each(['', 'a b', 'a"b', 'a\\b', 'a\nb', '{}', 'ä', 'x'.repeat(129)])('refuses %j', (value) => {
    expect(isRequestId(value)).toBe(false);
  });
});
