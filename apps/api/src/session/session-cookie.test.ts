import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cookieName, SessionCookie } from './session-cookie.ts';

const [oldKey, newKey] = ['old-key-of-32-characters-or-more-', 'new-key-of-32-characters-or-more-'];
const cookieOf = (keys: readonly string[], basePath = ''): SessionCookie =>
  new SessionCookie({ keys, basePath, idleSeconds: 1800 });
const cookie = cookieOf([newKey]);
const plain = { isSecure: false };
/** As a browser sends back what it was given. */
const sentBack = (setCookie: string): string => setCookie.split(';', 1)[0] ?? '';

describe('SessionCookie', () => {
  test('is kept from scripts and other sites, for as long as the session lives', () => {
    const [value = '', ...attributes] = cookie.write('a'.repeat(24), plain).split('; ');
    expect(value).toMatch(/^tideline_session=a{24}\.[\w-]{43}$/);
    expect(attributes).toEqual(['Max-Age=1800', 'Path=/', 'HttpOnly', 'SameSite=Lax']);
  });

  test('goes only under the base path, and only over TLS where the client came by it', () => {
    const setCookie = cookieOf([newKey], '/dev').write('a'.repeat(24), { isSecure: true });
    expect(setCookie).toMatch(/; Path=\/dev; HttpOnly; SameSite=Lax; Secure$/);
  });

  test('is taken away by an empty one that is over', () => {
    expect(cookie.clear(plain)).toBe(`${cookieName}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`);
  });

  test('makes ids of 144 bits that do not repeat', () => {
    const ids = Array.from({ length: 1000 }, () => cookie.newId());
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
  });

  test('reads back what it wrote, among other cookies', () => {
    const id = cookie.newId();
    const header = `theme=dark; ${sentBack(cookie.write(id, plain))}; ${cookieName}x=1`;
    expect(cookie.read(header)).toEqual({ id });
    expect(cookie.read('theme=dark')).toEqual({ id: undefined });
    expect(cookie.read(undefined)).toEqual({ id: undefined });
  });

  test('prefers a signed cookie to one by the same name from elsewhere', () => {
    const id = cookie.newId();
    expect(cookie.read(`${cookieName}=planted; ${sentBack(cookie.write(id, plain))}`)).toEqual({ id });
  });

  test('verifies with every key and signs with the first, so that keys can be rotated', () => {
    const id = cookie.newId();
    const old = sentBack(cookieOf([oldKey]).write(id, plain));
    const rotating = cookieOf([newKey, oldKey]);
    expect(rotating.read(old)).toEqual({ id });
    expect(cookie.read(sentBack(rotating.write(id, plain)))).toEqual({ id });
    expect(cookie.read(old)).toBe('forged');
  });

  const both = [oldKey, newKey];
  test.each([
    ['the new key is made known', [oldKey], both],
    ['the new key begins to sign', both, [newKey, oldKey]],
    ['the old key is dropped', [newKey, oldKey], [newKey]],
  ])('loses no session while %s, task by task', (_step, ...fleet) => {
    const tasks = fleet.map((keys) => cookieOf(keys));
    for (const writer of tasks) {
      const id = cookie.newId();
      const sent = sentBack(writer.write(id, plain));
      for (const reader of tasks) expect(reader.read(sent)).toEqual({ id });
    }
  });

  test('loses sessions where a new key signs before every task knows it', () => {
    const hasty = cookieOf([newKey, oldKey]);
    expect(cookieOf([oldKey]).read(sentBack(hasty.write(cookie.newId(), plain)))).toBe('forged');
  });

  test('takes no other text for signed', () => {
    const id = cookie.newId();
    const signed = sentBack(cookie.write(id, plain));
    fc.assert(
      fc.property(fc.nat(signed.length - cookieName.length - 2), fc.string({ maxLength: 3 }), (at, text) => {
        const start = cookieName.length + 1 + at;
        const changed = signed.slice(0, start) + text + signed.slice(start + 1);
        const read = cookie.read(changed);
        // Only what stands for the same bytes may pass: the last character of the signature has two idle bits.
        if (read !== 'forged') expect(read).toEqual({ id });
        if (start < signed.length - 1 && changed !== signed && !/[;\s]/.test(text))
          expect(read).toBe('forged');
      }),
    );
  });

  test('reads any header without an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(cookie.read(`${cookieName}=${text}`)).toBe('forged');
      }),
    );
  });
});
