import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiProcess } from './api-process.ts';
import { answersOf, exchange, type RawAnswer } from './raw-client.ts';

const token = '0123456789abcdef';
let api: ApiProcess;
let port: number;
beforeAll(async () => {
  api = new ApiProcess({ STRESS_ENABLED: 'true', STRESS_TOKEN: token, MAX_BODY_BYTES: '1000' });
  port = await api.port();
});
afterAll(() => api.stop());

const close = 'connection: close\r\n\r\n';

/** The only answer to these bytes, whose connection the server closes. */
async function answerTo(bytes: string, method = 'GET'): Promise<RawAnswer> {
  const answers = answersOf(await exchange(port, bytes), [method]);
  expect(answers).toHaveLength(1);
  return answers[0]!;
}
const head = (requestLine: string, ...fields: string[]): string =>
  [requestLine, 'host: x', ...fields, close].join('\r\n');
const statusOf = async (bytes: string): Promise<number> => (await answerTo(bytes)).status;
/** A body for the one route that takes JSON; `{}` is understood, and refused for what it lacks. */
const post = (fields: readonly string[], body: string): string =>
  head(
    'POST /stress-cpu HTTP/1.1',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    ...fields,
  ) + body;
const understood = { status: 400, body: expect.stringContaining('"path":"percent"') };
const misread = { status: 400, body: expect.stringContaining('not valid') };

describe('a request target (RFC 9112 3.2)', () => {
  test.each([
    ['3.2.1: in origin-form', '/health', 200],
    ['3.2.1: with an empty query', '/health?', 200],
    ['3.2.1: whose second slash is part of the path, not of a host', '//health', 404],
    ['3.2.2: in absolute-form, with a path', 'http://x/health', 200],
    ['3.2.2: of another host than the Host field', 'http://other.example:8080/health?a=1', 200],
    ['3.2.2: with the scheme in capitals (RFC 3986 3.1)', 'HTTP://x/health', 200],
    ['3.2.2: of https, which a balancer ends', 'https://x/health', 200],
    ['3.2.2: in absolute-form, without a path', 'http://x', 200],
    ['3.2.2: in absolute-form, with a query alone', 'http://x?a=1', 200],
    ['3.2.3: in authority-form, which is for CONNECT', 'x:80', 400],
    ['3.2.4: asterisk, which is for OPTIONS', '*', 400],
    ['RFC 9110 4.2.1: an http URI without a host', 'http:///health', 400],
    ['RFC 9110 4.2.1: an http URI with a port alone', 'http://:80/health', 400],
    ['RFC 9110 4.2.4: an http URI with a user', 'http://user@x/health', 400],
    ['RFC 9110 7.4: of another scheme', 'ftp://x/health', 400],
    ['RFC 3986 2.3: with an unreserved letter escaped', '/he%61lth', 200],
    ['RFC 3986 2.1: with half an escape', '/health%4', 404],
    ['RFC 3986 5.2.4: with dot segments', '/a/../health/./', 404],
    ['RFC 3986 5.2.4: with dot segments that lead to a route', '/a/%2e%2E/./health', 200],
    ['RFC 3986 2: with a backslash', '/a\\b', 400],
    ['RFC 3986 2: with raw UTF-8', '/\xc3\xb1', 400],
    ['2.8: of 8000 bytes and more', `/${'a'.repeat(9000)}`, 404],
    ['3 and RFC 9110 15.5.15: longer than the largest head', `/${'a'.repeat(17_000)}`, 414],
    ['3 and RFC 9110 15.5.15: longer than what is read at once', `/${'a'.repeat(200_000)}`, 414],
  ])('%s', async (...[, target, status]) => {
    expect(await statusOf(head(`GET ${target} HTTP/1.1`))).toBe(status);
  });

  test('3: refused while it is still sent, is answered to every client', async () => {
    const long = head(`GET /${'a'.repeat(2_000_000)} HTTP/1.1`);
    for (let client = 0; client < 50; client += 1) expect(await statusOf(long)).toBe(414);
  });

  test('3.2.2: in absolute-form is logged as the path that it holds', async () => {
    const { logLines } = await stopped(new ApiProcess({ STRESS_ENABLED: 'true', STRESS_TOKEN: token }), [
      head('GET http://x/health?secret HTTP/1.1'),
      post(['content-length: 2'], '{}').replace('POST ', 'POST http://x'),
    ]);
    const paths = logLines.filter(({ msg }) => msg === 'request').map(({ path }) => path);
    expect(paths).toEqual(['/health', '/stress-cpu']);
  });
});

/** A process that has answered these bytes and ended, with all that it logged. */
async function stopped(other: ApiProcess, requests: readonly string[]): Promise<ApiProcess> {
  const otherPort = await other.port();
  for (const bytes of requests) await exchange(otherPort, bytes);
  other.child.kill('SIGTERM');
  await other.exited;
  return other;
}

describe('the Host field (RFC 9112 3.2, RFC 9110 7.2)', () => {
  test.each([
    ['x', 200],
    ['x:3000', 200],
    ['x:', 200],
    ['EXAMPLE.com.', 200],
    ['my_host', 200],
    ['10.0.0.1:3000', 200],
    ['[::1]', 200],
    ['[2001:DB8:0:0:0:0:0:1]:3000', 200],
    ['[v1.a:b]', 200],
    ['ex%41mple.com', 200],
    ["a!$&'()*+,;=b", 200],
    ['', 200],
    ['\t x \t', 200],
    ['x:port', 400],
    ['[::1', 400],
    ['[12345::1]', 400],
    ['x/y', 400],
    ['user@x', 400],
    ['a, b', 400],
    ['%4', 400],
    ['\xc3\xb1', 400],
  ])('%j is answered %i', async (host, status) => {
    expect(await statusOf(`GET /health HTTP/1.1\r\nhost: ${host}\r\n${close}`)).toBe(status);
  });

  test.each([
    ['missing from HTTP/1.1', 'GET /health HTTP/1.1\r\n', 400],
    ['missing from an absolute-form of HTTP/1.1', 'GET http://x/health HTTP/1.1\r\n', 400],
    ['missing from HTTP/1.0', 'GET /health HTTP/1.0\r\n', 200],
    ['twice', 'GET /health HTTP/1.1\r\nhost: x\r\nHOST: x\r\n', 400],
    ['twice in HTTP/1.0', 'GET /health HTTP/1.0\r\nhost: x\r\nhost: y\r\n', 400],
  ])('%s', async (...[, lines, status]) => {
    expect(await statusOf(lines + close)).toBe(status);
  });
});

describe('a version (RFC 9110 2.5, RFC 9112 2.3)', () => {
  test('1.0 closes after the answer, and stays where it is asked to', async () => {
    expect((await answerTo('GET /health HTTP/1.0\r\n\r\n')).fields).toMatchObject({ connection: 'close' });
    const twice = await exchange(
      port,
      'GET /health HTTP/1.0\r\nconnection: keep-alive\r\n\r\nGET /health HTTP/1.0\r\n\r\n',
    );
    expect(answersOf(twice).map(({ status, fields }) => [status, fields.connection])).toEqual([
      [200, 'keep-alive'],
      [200, 'close'],
    ]);
  });

  test.each(['HTTP/1.2', 'HTTP/2.0', 'HTTP/3.0'])(
    '%s is not supported (RFC 9110 15.6.6)',
    async (version) => {
      expect(await statusOf(head(`GET /health ${version}`))).toBe(505);
    },
  );

  test('neither is the preface of HTTP/2', async () => {
    expect(await statusOf('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toBe(505);
  });

  test('a line that is no request line is not valid (RFC 9112 3)', async () => {
    expect(await statusOf(head('GET /health HTTP/1.1 '))).toBe(400);
    expect(await statusOf('GET /health HTTP/1.1\nhost: x\n\n')).toBe(400);
  });
});

describe('a method (RFC 9110 9)', () => {
  test.each(['/', '/health', '/ready', '/host', '/docs', '/openapi.json', '/nowhere', '/stress-cpu'])(
    '9.3.2: HEAD %s has the fields of GET, its length too, and no content',
    async (path) => {
      const request = (method: string) =>
        head(`${method} ${path} HTTP/1.1`, 'x-request-id: r', `authorization: Bearer ${token}`);
      const get = await answerTo(request('GET'));
      const withoutContent = await answerTo(request('HEAD'), 'HEAD');
      const comparable = ({ status, fields }: RawAnswer) => ({ status, ...fields, date: '' });
      expect(comparable(withoutContent)).toEqual(comparable(get));
      expect(Number(get.fields['content-length'])).toBe(get.body.length);
      expect(get.body.length).toBeGreaterThan(0);
    },
  );

  test.each([
    ['/health', 'HEAD, GET, OPTIONS'],
    ['/stress-cpu', 'HEAD, GET, POST, DELETE, OPTIONS'],
    ['*', 'HEAD, GET, POST, DELETE, OPTIONS'],
    ['http://x', 'HEAD, GET, POST, DELETE, OPTIONS'],
  ])('9.3.7: OPTIONS %s says what is allowed', async (target, allow) => {
    const { status, fields } = await answerTo(head(`OPTIONS ${target} HTTP/1.1`));
    expect([status, fields.allow, fields['content-length']]).toEqual([204, allow, undefined]);
  });

  test.each(['DELETE', 'PUT', 'TRACE', 'PROPFIND', 'QUERY'])(
    '15.5.6: %s where it is not allowed is told what is',
    async (method) => {
      const { status, fields } = await answerTo(head(`${method} /health HTTP/1.1`));
      expect([status, fields.allow]).toEqual([405, 'HEAD, GET, OPTIONS']);
    },
  );

  test.each(['BREW', 'get', 'GETS', 'X-!#$%'])('15.6.2: %s is not implemented', async (method) => {
    expect(await statusOf(head(`${method} /health HTTP/1.1`))).toBe(501);
  });

  test.each(['x:443', '/'])(
    '9.3.6: CONNECT %s is not implemented, and the connection ends',
    async (target) => {
      const { status, fields } = await answerTo(
        `CONNECT ${target} HTTP/1.1\r\nhost: x\r\n\r\nbytes of a tunnel`,
      );
      expect([status, fields.connection]).toEqual([501, 'close']);
    },
  );

  test('what no app saw counts as no answer of the server’s', async () => {
    expect(await api.metricsText()).not.toMatch(/status="5/);
  });
});

describe('fields (RFC 9110 5)', () => {
  test.each([
    ['5.5: with obs-text', ['x: \xe9\xff', 'x-amzn-trace-id: \xe9', 'x-request-id: \xe9'], 200],
    ['5.5: with white space around', ['x:\t a b \t'], 200],
    ['5.5: that are empty', ['x:', 'accept:', 'authorization:', 'cookie:', 'range:', 'expect:'], 200],
    ['5.5: with a control', ['x: a\x01b'], 400],
    ['5.5: with a NUL', ['x: a\0b'], 400],
    ['5.3: more than once', ['accept: a/b', 'accept: c/d', 'x-request-id: a', 'x-request-id: b'], 200],
    ['5.1: called like what objects have', ['__proto__: x', 'constructor: y'], 200],
    ['RFC 9112 5.1: with a space before the colon', ['x : a'], 400],
    ['RFC 9112 5.2: folded', ['x: a', ' b'], 400],
    ['5.4: as large as allowed', [`x: ${'a'.repeat(15_000)}`], 200],
    ['5.4: larger', [`x: ${'a'.repeat(17_000)}`], 431],
    ['5.4: as many as allowed', Array.from({ length: 998 }, () => 'x:'), 200],
    ['5.4: more, which are refused and not left out', Array.from({ length: 999 }, () => 'x:'), 431],
    ['7.6.1: a list in Connection', ['connection: keep-alive, x', 'x: a'], 200],
    ['7.8: Upgrade, which a server may ignore', ['upgrade: websocket', 'connection: upgrade'], 200],
    ['10.1.4: TE', ['te: trailers, deflate;q=0.5', 'connection: te'], 200],
    ['13.1.2: a precondition where there are no entity tags', ['if-none-match: "x"'], 200],
    ['10.1.1: an empty expectation', ['expect:'], 200],
    ['10.1.1: an unknown expectation', ['expect: tea'], 417],
  ])('%s', async (...[, fields, status]) => {
    expect(await statusOf(head('GET /health HTTP/1.1', ...fields))).toBe(status);
  });

  test('14.2: a Range is ignored: the answer is whole, and says of no part', async () => {
    const answer = await answerTo(head('GET /health HTTP/1.1', 'range: bytes=0-1', 'if-range: "x"'));
    expect([answer.status, answer.body]).toEqual([200, '{"status":"ok"}']);
    expect(answer.fields).not.toHaveProperty('content-range');
  });

  test('11.6.2: the first of two credentials counts', async () => {
    const guarded = (...tokens: string[]) =>
      statusOf(head('GET /stress-cpu HTTP/1.1', ...tokens.map((one) => `authorization: Bearer ${one}`)));
    expect(await guarded(token, 'x')).toBe(200);
    expect(await guarded('x', token)).toBe(401);
  });
});

describe('content (RFC 9112 6 and 7)', () => {
  test.each([
    ['6.2: as long as it says', ['content-length: 2'], '{}', understood],
    ['6.2: of no bytes', ['content-length: 0'], '', misread],
    ['6.3: of a request that says nothing of it', [], '', misread],
    ['7.1: in chunks', ['transfer-encoding: chunked'], '1\r\n{\r\n1\r\n}\r\n0\r\n\r\n', understood],
    ['7: in chunks, written in capitals', ['transfer-encoding: Chunked'], '2\r\n{}\r\n0\r\n\r\n', understood],
    [
      '7.1: with zeros',
      ['transfer-encoding: chunked'],
      `${'0'.repeat(20)}2\r\n{}\r\n000\r\n\r\n`,
      understood,
    ],
    [
      '7.1.1 and 7.1.2: with extensions and trailers',
      ['transfer-encoding: chunked', 'trailer: x-sum'],
      '2;a;b=c;d="e f"\r\n{}\r\n0;last\r\nx-sum: 1\r\n\r\n',
      understood,
    ],
    ['6.2: with no number', ['content-length: +2'], '{}', { status: 400 }],
    ['6.3: of two lengths', ['content-length: 2', 'content-length: 3'], '{}', { status: 400 }],
    [
      '6.3: with a length and chunks',
      ['content-length: 2', 'transfer-encoding: chunked'],
      '2\r\n{}\r\n0\r\n\r\n',
      { status: 400 },
    ],
    [
      '6.1: in a coding below chunks that is not implemented',
      ['transfer-encoding: gzip, chunked'],
      '2\r\n{}\r\n0\r\n\r\n',
      { status: 501 },
    ],
    ['6.3: whose last coding is not chunked', ['transfer-encoding: gzip'], '{}', { status: 400 }],
    ['RFC 9110 15.5.14: larger than allowed', ['content-length: 1001'], '{}', { status: 413 }],
  ] as const)('%s', async (...[, fields, body, expected]) => {
    expect(await answerTo(post(fields, body))).toMatchObject(expected);
  });

  test('6.1: HTTP/1.0 has no chunks', async () => {
    const bytes = post(['transfer-encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n').replace(
      'HTTP/1.1',
      'HTTP/1.0',
    );
    expect(await statusOf(bytes)).toBe(400);
  });

  test('RFC 9110 9.3.1: of GET is passed over, whatever its framing', async () => {
    const get = 'GET /health HTTP/1.1\r\nhost: x\r\n';
    const text = await exchange(
      port,
      `${get}content-length: 5\r\n\r\nhello${get}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n${get}${close}`,
    );
    expect(answersOf(text).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('RFC 9110 10.1.1: is asked for when it is read, and only then', async () => {
    const statuses = async (bytes: string) =>
      answersOf(await exchange(port, bytes)).map(({ status }) => status);
    const expecting = ['expect: 100-continue', 'content-length: 2'];
    expect(await statuses(post(expecting, '{}'))).toEqual([100, 400]);
    expect(await statuses(post(['expect: 100-CONTINUE', 'content-length: 2'], '{}'))).toEqual([100, 400]);
    expect(await statuses(post(expecting, '{}').replace(token, 'another'))).toEqual([401]);
    expect(await statuses(post(['expect: 100-continue', 'content-length: 1001'], ''))).toEqual([413]);
    expect(await statuses(post(expecting, '{}').replace('HTTP/1.1', 'HTTP/1.0'))).toEqual([400]);
    expect(await statuses(head('GET /health HTTP/1.1', 'expect: 100-continue'))).toEqual([200]);
  });

  test('RFC 9110 10.1.1: that was not asked for does not become the next request', async () => {
    const refused = post(['expect: 100-continue', 'content-length: 40'], '').replace(token, 'another');
    const text = await exchange(
      port,
      refused.replace('connection: close\r\n', '') + head('GET /health HTTP/1.1'),
    );
    expect(answersOf(text).map(({ status, fields }) => [status, fields.connection])).toEqual([
      [401, 'close'],
    ]);
  });
});

describe('a connection (RFC 9112 9)', () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

  test('9.3.2: answers pipelined requests in their order, with and without content', async () => {
    const text = await exchange(
      port,
      `${get('/health')}HEAD /host HTTP/1.1\r\nhost: x\r\n\r\nPOST /nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc` +
        `${get('/docs')}OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n${head('GET /ready HTTP/1.1')}`,
    );
    const answers = answersOf(text, ['GET', 'HEAD', 'POST', 'GET', 'OPTIONS', 'GET']);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 204, 200]);
  });

  test.each([
    ['at once', '/health'],
    ['later', '/docs'],
  ])('9.3.2: answers a request, %s, before what it does not understand', async (_, path) => {
    const text = await exchange(port, `${get(path)}nonsense\r\n\r\n`);
    expect(answersOf(text).map(({ status }) => status)).toEqual([200, 400]);
  });

  test('9.3.2: answers a request before a refused one', async () => {
    const text = await exchange(port, `${get('/docs')}${get('/health').replace('host', 'no-host')}`);
    expect(answersOf(text).map(({ status }) => status)).toEqual([200, 400]);
  });

  test('2.2: passes over empty lines before a request', async () => {
    expect(await statusOf(`\r\n\r\n${head('GET /health HTTP/1.1')}`)).toBe(200);
  });
});
