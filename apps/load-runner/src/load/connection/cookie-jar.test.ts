import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import { CookieJar } from './cookie-jar.ts';

const request = Buffer.from('POST /cart HTTP/1.1\r\nhost: shop\r\ncontent-length: 10\r\n\r\nquantity=1');
const cookieOf = (jar: CookieJar): string | undefined =>
  /\r\ncookie: (.*)\r\n/.exec(jar.addTo(request).toString())?.[1];

describe('a cookie jar', () => {
  test('leaves a request as it is while it is empty', () => {
    expect(new CookieJar().addTo(request)).toBe(request);
  });

  test('adds what it was given to the head, and leaves the body alone', () => {
    const jar = new CookieJar();
    jar.keep(['Content-Type', 'text/html', 'Set-Cookie', 'session=a.b-c=; Path=/; HttpOnly; Max-Age=1800']);
    expect(jar.addTo(request).toString()).toBe(
      'POST /cart HTTP/1.1\r\nhost: shop\r\ncontent-length: 10\r\ncookie: session=a.b-c=\r\n\r\nquantity=1',
    );
  });

  test('keeps the cookie by which a balancer knows a user’s target, as it was renewed last', () => {
    const jar = new CookieJar();
    jar.keep(['Set-Cookie', 'AWSALB=NjAgaS0x; Expires=Sun, 22 Nov 2099 09:00:00 GMT; Path=/']);
    jar.keep(['Set-Cookie', 'AWSALB=NjEgaS0x; Expires=Sun, 22 Nov 2099 09:00:01 GMT; Path=/']);
    expect(cookieOf(jar)).toBe('AWSALB=NjEgaS0x');
  });

  test('keeps several, each as it was last set', () => {
    const jar = new CookieJar();
    jar.keep(['set-cookie', 'a=1', 'set-cookie', 'b=2']);
    jar.keep(['set-cookie', 'a=3; Secure']);
    expect(cookieOf(jar)).toBe('a=3; b=2');
  });

  test.each(['a=; Max-Age=0; Path=/', 'a=x; expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=x; max-age=-1'])(
    'lets go of what %j takes away',
    (setCookie) => {
      const jar = new CookieJar();
      jar.keep(['set-cookie', 'a=1', 'set-cookie', 'b=2', 'set-cookie', setCookie]);
      expect(cookieOf(jar)).toBe('b=2');
    },
  );

  test.each(['', '=', '=x', 'novalue', ';;'])('keeps nothing of %j', (setCookie) => {
    const jar = new CookieJar();
    jar.keep(['set-cookie', setCookie]);
    expect(cookieOf(jar)).toBeUndefined();
  });
});
