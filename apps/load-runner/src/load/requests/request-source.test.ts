import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import { resolveLoadProfile } from '@tideline/config';
import { RequestSource } from './request-source.ts';

const target = new URL('http://shop.test/base');
const stages = [{ users: 1, holdSeconds: 1, requestsPerSecond: 1 }];
const rows = [
  { name: 'ana', secret: 'a"b' },
  { name: 'bo & co', secret: 'ü' },
];

const profileOf = (profile: object) =>
  resolveLoadProfile({ name: 'test', stages, endpoints: [{ path: '/' }], ...profile });

const login = {
  method: 'POST',
  path: '/login/{{data.name}}',
  headers: { 'content-type': 'application/json' },
  body: '{"secret":"{{data.secret}}"}',
  when: 'start',
  extract: [
    { name: 'token', path: 'session.tokens.0' },
    { name: 'etag', from: 'header', path: 'ETag' },
  ],
} as const;
const orders = {
  path: '/orders?as={{etag}}',
  headers: { authorization: 'Bearer {{token}}' },
} as const;

const loginProfile = profileOf({ data: { file: 'users.csv' }, endpoints: [orders, login] });
const answerWith = (json: unknown) => ({
  headers: ['etag', 'W/7'],
  body: Buffer.from(JSON.stringify(json)),
});
const heads = (bytes: Buffer): string => bytes.toString('latin1').split('\r\n')[0] ?? '';

describe('a session', () => {
  test('logs in with its row of the data, and sends what the answer gave', () => {
    const source = new RequestSource({ target, profile: loginProfile, rows });
    const [first, second] = [source.session(), source.session()];
    const loginOf = first.next();
    expect(loginOf).toMatchObject({ endpoint: 1, keepsAnswer: true });
    expect(loginOf.bytes.toString()).toMatch(/^POST \/base\/login\/ana HTTP.*\r\n\r\n\{"secret":"a\\"b"\}$/s);
    expect(heads(second.next().bytes)).toBe('POST /base/login/bo%20%26%20co HTTP/1.1');
    first.answered(1, answerWith({ session: { tokens: ['t1', 't2'] } }));
    const order = first.next();
    expect(order).toMatchObject({ endpoint: 0, keepsAnswer: false });
    expect(heads(order.bytes)).toBe('GET /base/orders?as=W%2F7 HTTP/1.1');
    expect(order.bytes.toString()).toContain('\r\nauthorization: Bearer t1\r\n');
    expect(heads(source.session().next().bytes)).toContain('/login/ana');
  });

  test.each([{ other: 1 }, { session: { tokens: ['line\nbreak'] } }, { session: { tokens: [{}] } }])(
    'starts again where the answer did not have the value: %j',
    (json) => {
      const session = new RequestSource({ target, profile: loginProfile, rows }).session();
      session.next();
      session.answered(1, answerWith(json));
      expect(heads(session.next().bytes)).toContain('/login/ana');
      session.answered(1, answerWith({ session: { tokens: ['t1'] } }));
      expect(heads(session.next().bytes)).toContain('/orders');
    },
  );

  test('takes a row for each request where the profile says so', () => {
    const profile = profileOf({
      data: { file: 'users.csv', each: 'request' },
      endpoints: [{ path: '/{{data.name}}' }],
    });
    const source = new RequestSource({ target, profile, rows });
    const [first, second] = [source.session(), source.session()];
    const paths = [first.next(), second.next(), first.next()].map(({ bytes }) => heads(bytes).split(' ')[1]);
    expect(paths).toEqual(['/base/ana', '/base/bo%20%26%20co', '/base/ana']);
  });

  test('of a profile without placeholders sends the same bytes over and over, by weight', () => {
    const profile = profileOf({ endpoints: [{ path: '/a', weight: 2 }, { path: '/b' }] });
    const source = new RequestSource({ target, profile, rows: [] });
    const sent = [source.session(), source.session(), source.session()].map((session) => session.next());
    expect(sent.map(({ endpoint }) => endpoint)).toEqual([0, 1, 0]);
    expect(sent[0]?.bytes).toBe(sent[2]?.bytes);
  });
});

test.each([
  [{ endpoints: [{ path: '/{{token}}' }] }, 'nothing gives {{token}}'],
  [{ endpoints: [{ path: '/{{data.name}}' }] }, 'nothing gives {{data.name}}: it needs data'],
  [{ endpoints: [login] }, 'at least one needs when rotation'],
  [
    { endpoints: [orders, { ...login, path: '/{{token}}' }], data: { file: 'a.csv' } },
    'nothing gives {{token}}',
  ],
] as const)('a profile whose values come from nowhere is refused', (profile, message) => {
  expect(() => profileOf(profile)).toThrow(message);
});
