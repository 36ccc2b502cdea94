import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isHost } from './host-field.ts';

describe('a host with an optional port', () => {
  test.each([
    '',
    ':',
    ':80',
    'x',
    'x:',
    'x:65536',
    '10.0.0.1',
    '[::1]:1',
    '[v1.x]',
    '%41',
    'a,b',
    'xn--nxa.example',
  ])('is %j', (value) => expect(isHost(value)).toBe(true));

  test.each([
    'x:a',
    'x:1:2',
    '[::1',
    '::1',
    '[1]',
    '[v.x]',
    '%4',
    '%zz',
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'a@b',
    'a\\b',
  ])('is not %j', (value) => expect(isHost(value)).toBe(false));

  test('is what a URL has between its slashes', () => {
    fc.assert(fc.property(fc.webAuthority({ withIPv4: true, withIPv6: true, withPort: true }), isHost));
  });

  test('is found in time that grows with its length alone', () => {
    for (const part of ['a', 'a.', '%41', '[', ':', '1:'])
      expect(typeof isHost(part.repeat(20_000))).toBe('boolean');
  });
});
