import { describe, expect, test } from '@jest/globals';
import { failureOfError, failureOfStatus } from './user-connection.ts';

describe('failure kinds', () => {
  test.each([
    [200, null],
    [204, null],
    [302, null],
    [404, 'http-404'],
    [429, 'http-429'],
    [500, 'http-500'],
    [502, 'http-502'],
    [103, 'http-103'],
  ])('status %d is %p', (status, kind) => {
    expect(failureOfStatus(status)).toBe(kind);
  });

  test.each([
    ['ECONNREFUSED', 'connection-refused'],
    ['ECONNRESET', 'connection-reset'],
    ['EPIPE', 'connection-reset'],
    ['ETIMEDOUT', 'timeout'],
    ['EHOSTUNREACH', 'other-ehostunreach'],
  ])('socket error %s is %s', (code, kind) => {
    expect(failureOfError(Object.assign(new Error('x'), { code }))).toBe(kind);
  });

  test('an error without a code is still counted', () => {
    expect(failureOfError(new Error('x'))).toBe('other-unknown');
  });
});
