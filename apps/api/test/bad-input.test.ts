import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cookieName, SessionCookie } from '../src/session/session-cookie.ts';
import { Browser, type SentRequest } from './browser.ts';
import { inMemoryApi } from './in-memory-api.ts';

const maxFileBytes = 2000;
const png = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1');

function setUp() {
  const api = inMemoryApi({ env: { MAX_FILE_BYTES: String(maxFileBytes), MAX_BODY_BYTES: '1000' } });
  return { ...api, browser: Browser.of(api.app), victim: Browser.of(api.app) };
}

/** 4xx as problem details, with this code. */
async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json',
  ]);
  expect(await response.json()).toMatchObject({ status, code });
}

const routes: readonly (readonly [string, string])[] = [
  ['GET', '/session'],
  ['DELETE', '/session'],
  ['POST', '/tasks'],
  ['GET', '/tasks'],
  ['PATCH', '/tasks/an-id'],
  ['DELETE', '/tasks/an-id'],
  ['POST', '/files?name=a.txt'],
  ['GET', '/files'],
  ['GET', '/files/an-id'],
  ['DELETE', '/files/an-id'],
];
const validBody = (method: string, path: string): SentRequest => {
  if (path.startsWith('/files')) {
    return method === 'POST' ? { body: 'text', headers: { 'content-type': 'text/plain' } } : {};
  }
  if (method !== 'POST' && method !== 'PATCH') return {};
  return { body: JSON.stringify({ title: 'milk' }), headers: { 'content-type': 'application/json' } };
};

describe('a client that goes in the middle of its body', () => {
  test.each([
    ['POST', '/tasks', 'application/json'],
    ['PATCH', '/tasks/an-id', 'application/json'],
    ['POST', '/files?name=a.txt', 'text/plain'],
  ])('is its own fault at %s %s: 400, no error in the log, no 5xx', async (method, path, contentType) => {
    const { app, accesses, logLines } = setUp();
    const pieces = [new TextEncoder().encode('{"title":"mi')];
    const body = new ReadableStream({
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece === undefined) controller.error(new Error('aborted'));
        else controller.enqueue(piece);
      },
    });
    const init = { method, body, headers: { 'content-type': contentType }, duplex: 'half' } as const;
    await expectProblem(await app.request(path, init), 400, 'invalid-request');
    expect(accesses.map(({ status }) => status)).toEqual([400]);
    expect(logLines).toEqual([]);
  });
});

describe('bad input', () => {
  test.each(routes)('%s %s refuses a forged cookie and takes it away', async (method, path) => {
    const { browser } = setUp();
    const keys = ['another-key-of-32-characters-or-more'];
    const cookie = new SessionCookie({ keys, basePath: '', idleSeconds: 60 });
    const foreign = cookie.write(cookie.newId(), { isSecure: false }).split(';', 1)[0] ?? '';
    for (const forged of [
      foreign,
      `${cookieName}=`,
      `${cookieName}=..%2f..`,
      `${cookieName}=${'x'.repeat(5000)}`,
    ]) {
      browser.cookie = forged;
      const response = await browser.request(path, { method, ...validBody(method, path) });
      expect(response.headers.get('set-cookie')).toContain(`${cookieName}=; Max-Age=0`);
      await expectProblem(response, 401, 'invalid-session');
    }
  });

  test.each(routes.filter(([method]) => method !== 'GET'))(
    '%s %s refuses what another site sends',
    async (method, path) => {
      const { browser } = setUp();
      await browser.json('/session');
      const init = validBody(method, path);
      const headers = { ...init.headers, 'sec-fetch-site': 'cross-site' };
      await expectProblem(await browser.request(path, { ...init, method, headers }), 403, 'cross-site');
    },
  );

  test.each([
    ['PATCH', '/tasks/unknown-id'],
    ['DELETE', '/tasks/unknown-id'],
    ['GET', '/files/unknown-id'],
    ['DELETE', '/files/unknown-id'],
  ])(
    '%s %s does not find an id that the session has not, with a session or without',
    async (method, path) => {
      const { browser, victim } = setUp();
      await browser.json('/session');
      for (const client of [browser, victim]) {
        await expectProblem(
          await client.request(path, { method, ...validBody(method, path) }),
          404,
          'not-found',
        );
      }
    },
  );

  test.each([
    '/tasks/%2e%2e%2fother',
    '/files/..%2F..%2Fetc%2Fpasswd',
    '/files/%00',
    `/files/${'x'.repeat(65)}`,
  ])('DELETE %s is no id', async (path) => {
    await expectProblem(await setUp().browser.send('DELETE', path), 400, 'invalid-request');
  });

  test.each([
    '',
    ' ',
    '.',
    '..',
    '../escape.txt',
    'a/b',
    'a\\b',
    'line\nbreak',
    'nul\0',
    'turned\u202etxt.exe',
    'x'.repeat(256),
  ])('a file is not called %j', async (name) => {
    const { browser, files } = setUp();
    await expectProblem(await browser.upload(name, 'some text'), 400, 'invalid-request');
    expect(files.contents.size).toBe(0);
  });

  test('a file needs a name', async () => {
    const response = await setUp().browser.request('/files', {
      method: 'POST',
      body: 'text',
      headers: { 'content-type': 'text/plain' },
    });
    await expectProblem(response, 400, 'invalid-request');
  });

  test('a file is not empty, not too large by what it declares or by what it is, and of a type that it is', async () => {
    const { browser, files } = setUp();
    await browser.json('/session');
    await expectProblem(await browser.upload('a.txt', ''), 400, 'invalid-request');
    const declared = await browser.request('/files?name=a.txt', {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'text/plain', 'content-length': String(maxFileBytes + 1) },
    });
    await expectProblem(declared, 413, 'body-too-large');
    await expectProblem(await browser.upload('a.txt', 'x'.repeat(maxFileBytes + 1)), 413, 'body-too-large');
    for (const [content, type] of [
      ['<html>', 'text/html'],
      ['<svg/>', 'image/svg+xml'],
      ['MZ', 'application/octet-stream'],
      ['some text', 'image/png'],
      [png, 'image/jpeg'],
      [png, 'text/plain'],
      ['some text', 'text/plain, image/png'],
      ['some text', ''],
    ] as const) {
      await expectProblem(await browser.upload('a', content, type), 415, 'unsupported-media-type');
    }
    expect([files.contents.size, await browser.json('/files')]).toEqual([0, { files: [] }]);
  });

  test.each([
    '',
    'null',
    '[]',
    '{}',
    '{"title":""}',
    '{"title":" "}',
    '{"title":1}',
    '{"title":"a\\u0000"}',
    '{',
    '{"titel":"a"}',
  ])('a task is not made of %j', async (body) => {
    const { browser } = setUp();
    const init = { body, headers: { 'content-type': 'application/json' } };
    await expectProblem(await browser.request('/tasks', { method: 'POST', ...init }), 400, 'invalid-request');
    await expectProblem(
      await browser.request('/tasks/id', { method: 'PATCH', ...init }),
      400,
      'invalid-request',
    );
  });

  test('a task is bounded, and so is its request', async () => {
    const { browser } = setUp();
    await expectProblem(
      await browser.send('POST', '/tasks', { title: 'x'.repeat(201) }),
      400,
      'invalid-request',
    );
    await expectProblem(
      await browser.send('POST', '/tasks', { title: 'x'.repeat(2000) }),
      413,
      'body-too-large',
    );
  });

  test('never ends in a 500, never leaks another session’s data, and never changes it', async () => {
    const segment = fc.oneof(
      fc.constantFrom('session', 'tasks', 'files', '..', '%2e%2e', '%00', '%E0%A4', '{}'),
      fc.string({ unit: 'grapheme', maxLength: 10 }),
    );
    const cookieText = fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll(/[\0\r\n]/g, ''));
    const attack = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'PATCH', 'DELETE'),
      path: fc.oneof(
        fc.constantFrom(...routes.map(([, path]) => path)),
        fc.constantFrom('/tasks/THEIRS', '/files/THEIRS', '/files/THEIRS/../THEIRS'),
        fc
          .array(segment, { maxLength: 3 })
          .map((segments) => `/${segments.join('/').replaceAll(/[?#]/g, '')}`),
      ),
      query: fc.oneof(
        fc.constant(''),
        fc.webQueryParameters().map((query) => `?${query}`),
      ),
      type: fc.constantFrom(
        'application/json',
        'text/plain',
        'image/png',
        'text/csv',
        'multipart/form-data',
        ';',
      ),
      cookie: fc.oneof(
        fc.constantFrom('own', 'none'),
        cookieText.map((text) => `${cookieName}=${text}`),
        cookieText,
      ),
      site: fc.constantFrom(undefined, 'same-origin', 'cross-site', 'x'),
      origin: fc.oneof(fc.constant(undefined), fc.webUrl(), fc.constantFrom('null', '//')),
      body: fc.oneof(
        fc.json(),
        fc.string({ unit: 'binary', maxLength: 3000 }),
        fc
          .record({ title: fc.string({ unit: 'grapheme' }), completed: fc.boolean() })
          .map((v) => JSON.stringify(v)),
      ),
    });

    const { browser, victim, logLines } = setUp();
    const secret = 'a-secret-of-the-victim';
    const task = (await (await victim.send('POST', '/tasks', { title: secret })).json()) as { id: string };
    const file = (await (await victim.upload(`${secret}.txt`, secret)).json()) as { id: string };
    const before = [await victim.json('/tasks'), await victim.json('/files')];

    await fc.assert(
      fc.asyncProperty(attack, async ({ method, path, query, type, cookie, site, origin, body }) => {
        if (cookie === 'none') browser.cookie = undefined;
        else if (cookie !== 'own') browser.cookie = cookie;
        const theirs = path.startsWith('/files') ? file.id : task.id;
        const url = encodeURI(path.replaceAll('THEIRS', theirs)) + (path.includes('?') ? '' : query);
        const response = await browser.request(url, {
          method,
          headers: {
            'content-type': type,
            ...(site === undefined ? {} : { 'sec-fetch-site': site }),
            ...(origin === undefined ? {} : { origin }),
          },
          ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
        });
        const text = await response.text();
        if (response.status >= 500) throw new Error(`${response.status} ${text}`);
        if (response.status >= 400)
          expect(response.headers.get('content-type')).toBe('application/problem+json');
        const headers = [...response.headers].flat().join(' ');
        expect(text + headers).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
    expect([await victim.json('/tasks'), await victim.json('/files')]).toEqual(before);
    expect(logLines.filter((line) => line.includes('handler failed'))).toEqual([]);
  });
});
