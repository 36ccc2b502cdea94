import { describe, expect, test } from '@jest/globals';
import { authorized, inMemoryApi } from '../test/in-memory-api.ts';
import { problem, problems, problemSchema } from './http/problem.ts';
import { defineRoute } from './http/route.ts';

const token = authorized;
const withBody = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers: { ...token, 'content-type': 'application/json', ...headers },
});

const bearing = (authorization: string): RequestInit => ({ headers: { authorization } });
const plainText = { 'content-type': 'text/plain' };

describe('routes', () => {
  test('/ greets with the release', async () => {
    const response = await inMemoryApi().app.request('/');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ message: 'Hello from Tideline', version: '1.2.3' });
  });

  test('/health and /ready are ok', async () => {
    const { app } = inMemoryApi();
    for (const path of ['/health', '/ready']) {
      const response = await app.request(path);
      expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    }
  });

  test('/host tells which task answers, from which image, and when', async () => {
    const response = await inMemoryApi().app.request('/host');
    expect(await response.json()).toEqual({
      message: '2026-01-02T03:04:05.678Z: app@sha256:0 on host-1',
      time: '2026-01-02T03:04:05.678Z',
      image: 'app@sha256:0',
      imageUri: 'app@sha256:0',
      hostName: 'host-1',
      hostname: 'host-1',
      taskId: 'task-1',
      availabilityZone: 'eu-west-1a',
      version: '1.2.3',
    });
  });

  test('HEAD answers as GET does, without a body', async () => {
    const response = await inMemoryApi().app.request('/host', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('base path', () => {
  test('puts every route under it, with or without a final slash on the root', async () => {
    const { app } = inMemoryApi({ env: { BASE_PATH: 'dev' } });
    for (const path of ['/dev', '/dev/', '/dev/host', '/dev/health', '/dev/docs', '/dev/openapi.json']) {
      expect([path, (await app.request(path)).status]).toEqual([path, 200]);
    }
    expect((await app.request('/host')).status).toBe(404);
  });

  test('leaves the health checks reachable without it', async () => {
    const { app } = inMemoryApi({ env: { BASE_PATH: 'dev' } });
    expect((await app.request('/health')).status).toBe(200);
    expect((await app.request('/ready')).status).toBe(200);
  });
});

describe('every answer', () => {
  test.each(['/', '/health', '/nowhere', '/stress-cpu', '/openapi.json'])(
    '%s carries the security headers and a request id',
    async (path) => {
      const { headers } = await inMemoryApi().app.request(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-request-id': 'generated-1',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
      expect(headers.has('connection')).toBe(false);
    },
  );

  test('repeats an acceptable request id and replaces any other', async () => {
    const { app } = inMemoryApi();
    const idFor = async (sent: string) =>
      (await app.request('/', { headers: { 'x-request-id': sent } })).headers.get('x-request-id');
    expect(await idFor('Root=1-67891233-abcdef012345678912345678')).toBe(
      'Root=1-67891233-abcdef012345678912345678',
    );
    expect(await idFor('a"b')).toBe('generated-1');
    expect(await idFor('x'.repeat(129))).toBe('generated-2');
  });

  test('is logged with its trace id and without its query', async () => {
    const { app, accesses } = inMemoryApi();
    await app.request('/host?secret=1', { headers: { 'x-amzn-trace-id': 'Root=1-2-3' } });
    expect(accesses).toEqual([
      {
        requestId: 'generated-1',
        traceId: 'Root=1-2-3',
        method: 'GET',
        url: '/host',
        route: '/host',
        status: 200,
        durationMs: 3,
      },
    ]);
  });

  test('is counted under its route and status', async () => {
    const { app, metrics } = inMemoryApi();
    await app.request('/host');
    await app.request('/nowhere');
    const text = metrics.render();
    expect(text).toContain('http_requests_total{route="/host",status="200"} 1\n');
    expect(text).toContain('http_requests_total{route="unmatched",status="404"} 1\n');
    expect(text).toContain('http_requests_in_flight 0\n');
  });
});

describe('problems', () => {
  test.each<[title: string, status: number, code: string, path: string, init?: RequestInit]>([
    ['an unknown path', 404, 'not-found', '/nowhere'],
    ['a path with a broken escape', 404, 'not-found', '/%E0%A4%A'],
    ['a method that the path lacks', 405, 'method-not-allowed', '/health', { method: 'DELETE' }],
    ['a method that no path has', 405, 'method-not-allowed', '/', { method: 'PROPFIND' }],
    ['no token', 401, 'unauthorized', '/stress-cpu'],
    ['a wrong token', 401, 'unauthorized', '/stress-cpu', bearing('Bearer no')],
    ['a token of another scheme', 401, 'unauthorized', '/stress-cpu', bearing('Basic eA==')],
    ['percent 0', 400, 'invalid-request', '/stress-cpu/0/5', { headers: token }],
    ['percent 101', 400, 'invalid-request', '/stress-cpu/101/5', { headers: token }],
    ['percent 1e1', 400, 'invalid-request', '/stress-cpu/1e1/5', { headers: token }],
    ['percent -1', 400, 'invalid-request', '/stress-cpu/-1/5', { headers: token }],
    ['percent 7.5', 400, 'invalid-request', '/stress-cpu/7.5/5', { headers: token }],
    ['seconds 0', 400, 'invalid-request', '/stress-cpu/50/0', { headers: token }],
    ['seconds 601', 400, 'invalid-request', '/stress-cpu/50/601', { headers: token }],
    ['seconds NaN', 400, 'invalid-request', '/stress-cpu/50/NaN', { headers: token }],
    ['a body that is not JSON', 400, 'invalid-request', '/stress-cpu', withBody('{')],
    ['a body without its fields', 400, 'invalid-request', '/stress-cpu', withBody('{}')],
    ['a body that is no object', 400, 'invalid-request', '/stress-cpu', withBody('null')],
    ['an unknown field', 400, 'invalid-request', '/stress-cpu', withBody('{"percent":1,"seconds":1,"x":1}')],
    ['another media type', 415, 'unsupported-media-type', '/stress-cpu', withBody('a=b', plainText)],
    [
      'a coded body',
      415,
      'unsupported-media-type',
      '/stress-cpu',
      withBody('{}', { 'content-encoding': 'gzip' }),
    ],
    [
      'a body that is not UTF-8',
      400,
      'invalid-request',
      '/stress-cpu',
      withBody(Buffer.from('"\xff"', 'latin1')),
    ],
    ['a body declared too large', 413, 'body-too-large', '/', { headers: { 'content-length': '2000' } }],
    ['a body that turns out too large', 413, 'body-too-large', '/stress-cpu', withBody(' '.repeat(1001))],
    ['a cancel when nothing runs', 409, 'conflict', '/stress-cpu', { method: 'DELETE', headers: token }],
  ])('%s', async (_, ...[status, code, path, init]) => {
    const { app } = inMemoryApi({ env: { MAX_BODY_BYTES: '1000', BASE_PATH: '' } });
    const response = await app.request(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = problemSchema.parse(await response.json());
    expect(body).toMatchObject({
      status,
      code,
      type: `/docs#problem-${code}`,
      instance: 'urn:request:generated-1',
    });
  });

  test('405 names the methods that the path has', async () => {
    const { app } = inMemoryApi();
    const allow = async (path: string) => (await app.request(path, { method: 'PUT' })).headers.get('allow');
    expect(await allow('/health')).toBe('HEAD, GET, OPTIONS');
    expect(await allow('/stress-cpu')).toBe('HEAD, GET, POST, DELETE, OPTIONS');
  });

  test('OPTIONS names them without content, and needs no token; a path that is not there stays 404', async () => {
    const { app } = inMemoryApi();
    const options = async (path: string) => {
      const { status, headers } = await app.request(path, { method: 'OPTIONS' });
      return [status, headers.get('allow'), headers.get('content-type')];
    };
    expect(await options('/stress-cpu')).toEqual([204, 'HEAD, GET, POST, DELETE, OPTIONS', null]);
    expect(await options('/nowhere')).toEqual([404, null, 'application/problem+json']);
  });

  test('400 names each value, what it must be, and what it was', async () => {
    const response = await inMemoryApi().app.request('/stress-cpu/101/x', { headers: token });
    expect(await response.json()).toMatchObject({
      errors: [
        { path: 'percent', message: expect.stringMatching(/<=100; got "101"$/) },
        { path: 'seconds', message: 'must be a whole number from 1 to 600; got "x"' },
      ],
    });
  });

  // Closed with bytes unread, a connection is reset, and the answer lost with it (RFC 9112 9.6): the listener reads on.
  test('413 leaves the connection open while the body is still on its way', async () => {
    const { app } = inMemoryApi({ env: { MAX_BODY_BYTES: '1000' } });
    const response = await app.request('/stress-cpu', withBody(' '.repeat(1001)));
    expect(response.status).toBe(413);
    expect(response.headers.has('connection')).toBe(false);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('secret detail');
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret detail'))],
  ])('a handler that %s becomes a 500 whose reason only the log has', async (_, handle) => {
    const route = defineRoute({
      method: 'GET',
      path: '/broken',
      operationId: 'broken',
      summary: '',
      responses: [],
      problems: [],
      handle,
    });
    const { app, logLines, metrics } = inMemoryApi({ extraRoutes: [route] });
    const response = await app.request('/broken');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret detail');
    expect(logLines.join('')).toContain('secret detail');
    expect(logLines.join('')).toContain('generated-1');
    expect(metrics.render()).toContain('http_requests_in_flight 0\n');
  });

  test('every code has a status that its reply carries', () => {
    for (const code of Object.keys(problems) as (keyof typeof problems)[]) {
      expect(problem(code, 'x').problem.status).toBe(problems[code].status);
    }
  });
});

describe('draining', () => {
  test('makes /ready fail, keeps /health ok, and closes every connection', async () => {
    const { app, taskState } = inMemoryApi();
    taskState.startDraining();
    const ready = await app.request('/ready');
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    const health = await app.request('/health');
    expect([health.status, health.headers.get('connection')]).toEqual([200, 'close']);
  });
});

describe('CPU per request', () => {
  const env = { CPU_MILLISECONDS_PER_REQUEST: '1000' };

  test('/ answers when the CPU time is spent', async () => {
    const { app, cpu, metrics } = inMemoryApi({ env });
    const answer = app.request('/');
    expect(metrics.inFlight).toBe(1);
    cpu.finish();
    expect((await answer).status).toBe(200);
    expect(metrics.inFlight).toBe(0);
  });

  test('/health does not wait for it', async () => {
    const { app } = inMemoryApi({ env });
    void app.request('/');
    expect((await app.request('/health')).status).toBe(200);
  });

  test('/ refuses with 503 and Retry-After when too many wait', async () => {
    const { app } = inMemoryApi({ env });
    for (let request = 0; request < 17; request += 1) void app.request('/');
    const refused = await app.request('/');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  });

  test('/ answers 500 when its thread dies', async () => {
    const { app, cpu } = inMemoryApi({ env });
    const answer = app.request('/');
    cpu.fail();
    expect((await answer).status).toBe(500);
  });
});
