import { describe, test, expect } from '@jest/globals';
import fc from 'fast-check';
import { authorized, inMemoryApi } from './in-memory-api.ts';
import { fuzzedStock, fuzzStorefront } from './fuzz-storefront.ts';

const segment = fc.oneof(
  fc.constantFrom(
    'health',
    'ready',
    'host',
    'stress-cpu',
    'docs',
    'openapi.json',
    '..',
    '%',
    '%00',
    '%E0%A4',
    '*',
    ':percent',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.integer().map(String),
);
const request = fc.record({
  segments: fc.array(segment, { maxLength: 4 }),
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'),
  contentType: fc.constantFrom(
    'application/json',
    'application/problem+json',
    'text/plain',
    'application/jsonx',
    ';',
  ),
  contentLength: fc.constantFrom(undefined, '0', '-1', 'x', '99999999999'),
  requestId: fc
    .string({ unit: 'binary-ascii', maxLength: 200 })
    .map((text) => text.replaceAll(/[\0\r\n]/g, '')),
  body: fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ percent: fc.double(), seconds: fc.integer() }).map((v) => JSON.stringify(v)),
  ),
  token: fc.boolean(),
});

describe('the API', () => {
  test('never answers 5xx, whatever it is sent, and always as JSON, problem details or the docs page', async () => {
    await fc.assert(
      fc.asyncProperty(
        request,
        async ({ segments, method, contentType, contentLength, requestId, body, token }) => {
          const { app } = inMemoryApi();
          const url = `http://localhost/${segments.join('/').replaceAll(/[?#]/g, '')}`;
          const response = await app.request(
            new Request(url, {
              method,
              headers: {
                'content-type': contentType,
                'x-request-id': requestId,
                ...(contentLength === undefined ? {} : { 'content-length': contentLength }),
                ...(token ? authorized : {}),
              },
              ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
            }),
          );
          if (response.status >= 500) throw new Error(`${response.status} ${await response.text()}`);
          const type = response.headers.get('content-type') ?? 'none';
          const expected =
            response.status < 400
              ? /^(application\/json|text\/html; charset=utf-8)$/
              : /^application\/problem\+json$/;
          if (response.status !== 204 && !expected.test(type))
            throw new Error(`${response.status} as ${type}`);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('the storefront answers requests of all kinds clearly, and its stock stays right', async () => {
  const env = { STOREFRONT: 'on', STOREFRONT_STOCK: String(fuzzedStock) };
  const { app, logLines } = inMemoryApi({ env });
  await fuzzStorefront({ send: (path, init) => app.request(path, init), requestCount: 2000 });
  expect(logLines.filter((line) => line.includes('handler failed'))).toEqual([]);
});
