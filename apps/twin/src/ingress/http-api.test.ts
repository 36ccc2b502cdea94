import { expect, test } from '@jest/globals';
import { blueGreenEnvironment } from '@tideline/config/testing';
import { requestOf } from '../../test/request-of.ts';
import type { RequestHead } from '../balancer/http/request-head.ts';
import { HttpApi } from './http-api.ts';

const { ingress } = blueGreenEnvironment();

const get = (path: string, fields = ''): RequestHead =>
  requestOf(`GET ${path} HTTP/1.1\r\nHost: api\r\n${fields}`);
const api = (throttling = ingress.throttling): HttpApi => new HttpApi({ ...ingress, throttling }, () => 0);

test.each(['/dev', '/dev/', '/dev/host', '/dev?x=1'])('%s is in stage dev', (path) => {
  expect(api().admit(get(path))).toBeUndefined();
});

test.each(['/', '/device', '/prod/host', '/host'])('%s is answered 404 as an HTTP API words it', (path) => {
  const gateway = api();
  expect(gateway.admit(get(path))?.response).toMatch(/^HTTP\/1\.1 404 .*\{"message":"Not Found"\}$/s);
  expect(gateway.counts()).toEqual({ count: 1, throttled: 0, notFound: 1, timedOut: 0 });
});

test('requests above the burst are answered 429, and the connection stays', () => {
  const gateway = api({ burstLimit: 2, rateLimitPerSecond: 1 });
  const answers = [1, 2, 3].map(() => gateway.admit(get('/dev/host')));
  expect(answers.slice(0, 2)).toEqual([undefined, undefined]);
  expect(answers[2]?.keepAlive).toBe(true);
  expect(answers[2]?.response).toMatch(/^HTTP\/1\.1 429 .*\{"message":"Too Many Requests"\}$/s);
  expect(gateway.counts()).toEqual({ count: 3, throttled: 1, notFound: 0, timedOut: 0 });
});

test('a preflight is answered by the API itself where CORS is configured, and else by the backend', () => {
  const head = requestOf(
    'OPTIONS /dev HTTP/1.1\r\nHost: api\r\nOrigin: https://a\r\nAccess-Control-Request-Method: GET\r\n',
  );
  expect(api().admit(head)).toBeUndefined();
  expect(api().responseFields(head)).toBeUndefined();
  const cors = { allowOrigins: ['*'], allowMethods: ['GET' as const], allowHeaders: [], maxAgeSeconds: 0 };
  const answer = new HttpApi({ ...ingress, cors }, () => 0).admit(head);
  expect(answer?.keepAlive).toBe(true);
  expect(answer?.response).toMatch(
    /^HTTP\/1\.1 204 No Content\r\n.*Access-Control-Allow-Origin: \*\r\n.*\r\n\r\n$/s,
  );
});

test('a refused request with a body ends its connection', () => {
  expect(api().admit(get('/host', 'Content-Length: 5\r\n'))?.response).toContain('Connection: close');
});
