import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { ApiProcess } from './api-process.ts';
import { answersOf, exchange, received } from './raw-client.ts';

let folder: string;
let api: ApiProcess;
let port: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-api-'));
  await mkdir(join(folder, 'files'));
  api = new ApiProcess({
    SESSION_STORE: 'embedded',
    SESSION_FOLDER: join(folder, 'sessions'),
    SESSION_KEYS: 'a-signing-key-of-enough-length-1',
    FILE_STORE: 'disk',
    FILES_FOLDER: join(folder, 'files'),
    MAX_BODY_BYTES: '1000',
    IDLE_TIMEOUT_SECONDS: '1',
  });
  port = await api.port();
});
afterEach(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Asks again until the count is such; Jest’s own timeout is the deadline. */
async function untilInFlight(holds: (count: number) => boolean): Promise<void> {
  for (;;) if (holds(await api.metric('http_requests_in_flight'))) return;
}

/** Stops the process, and expects that nothing was its own fault. @returns statuses by the access log */
async function expectNoFaultOfOurs(): Promise<readonly unknown[]> {
  await untilInFlight((count) => count === 0);
  const metrics = await api.metricsText();
  api.child.kill('SIGTERM');
  expect(await api.exited).toBe(0);
  expect(metrics).not.toMatch(/^http_requests_total\{.*status="5/m);
  expect(api.logLines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  expect(api.stderr).toBe('');
  return api.logLines.filter(({ msg }) => msg === 'request').map(({ status }) => status);
}

const post = (path: string, type: string, ...fields: string[]): string =>
  [`POST ${path} HTTP/1.1`, 'host: x', `content-type: ${type}`, ...fields, '', ''].join('\r\n');
const json = (...fields: string[]): string => post('/tasks', 'application/json', ...fields);
const file = (...fields: string[]): string => post('/files?name=a.txt', 'text/plain', ...fields);
const whole = (head: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(head.replace(/\r\n$/, `content-length: ${body.length}\r\nconnection: close\r\n\r\n`)),
    body,
  ]);

const halves = [
  ['half a JSON body', `${json('content-length: 20')}{"title":"mi`],
  ['half a JSON body in chunks', `${json('transfer-encoding: chunked')}ff\r\n{"title":"mi`],
  ['half a chunk’s size', `${json('transfer-encoding: chunked')}f`],
  ['no body after all', json('content-length: 20')],
  ['half a file', `${file('content-length: 20')}abc`],
  ['half a file in chunks', `${file('transfer-encoding: chunked')}3\r\nabc\r\n`],
  ['half a head', 'POST /tasks HTTP/1.1\r\nhost: x\r\ncontent-le'],
  ['half a request line', 'GET /hea'],
] as const;

describe('a client that goes', () => {
  test.each(halves)('after %s, orderly, is told 400 if it still listens', async (_, bytes) => {
    const socket = connect(port, '127.0.0.1');
    const text = received(socket);
    socket.end(bytes);
    expect(answersOf(await text).map(({ status }) => status)).toEqual([400]);
    for (const status of await expectNoFaultOfOurs()) expect(status).toBe(400);
  });

  test.each(halves)('after %s, with a reset, is no fault of ours', async (_, bytes) => {
    const socket = connect(port, '127.0.0.1');
    const closed = received(socket);
    await new Promise<void>((resolve) => void socket.write(bytes, () => resolve()));
    // An answer on another connection: by then, the bytes have been read.
    await exchange(port, 'GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    socket.resetAndDestroy();
    await closed;
    await exchange(port, 'GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect((await expectNoFaultOfOurs()).filter((status) => status !== 200 && status !== 400)).toEqual([]);
  });

  test('in the middle of a long answer is no fault of ours', async () => {
    const created = await fetch(`http://127.0.0.1:${port}/files?name=a.txt`, {
      method: 'POST',
      body: 'x'.repeat(10_000_000),
      headers: { 'content-type': 'text/plain' },
    });
    expect(created.status).toBe(201);
    const cookie = created.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const { id } = (await created.json()) as { id: string };
    for (const goes of ['destroy', 'resetAndDestroy'] as const) {
      const socket = connect(port, '127.0.0.1');
      const closed = received(socket);
      socket.write(`GET /files/${id} HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`);
      await once(socket, 'data');
      socket[goes]();
      await closed;
    }
    expect(await expectNoFaultOfOurs()).toEqual([201, 200, 200]);
  });

  test('before its answer is ready is no fault of ours', async () => {
    await api.stop();
    api = new ApiProcess({ CPU_MILLISECONDS_PER_REQUEST: '500' });
    port = await api.port();
    const socket = connect(port, '127.0.0.1');
    const closed = received(socket);
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await untilInFlight((count) => count > 0);
    socket.resetAndDestroy();
    await closed;
    expect(await expectNoFaultOfOurs()).toEqual([200]);
  });

  test('for good only on its own side is answered all the same (RFC 9112 9.6)', async () => {
    const socket = connect(port, '127.0.0.1');
    const text = received(socket);
    socket.end('GET /session HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(answersOf(await text).map(({ status }) => status)).toEqual([200]);
    expect(await expectNoFaultOfOurs()).toEqual([200]);
  });
});

describe('a body that is not what it should be', () => {
  const title = Buffer.from('{"title":"milk"}');
  test.each([
    ['JSON that is cut', json(), Buffer.from('{"title":'), 400],
    ['JSON with a byte that is not UTF-8', json(), Buffer.from('{"title":"\xff"}', 'latin1'), 400],
    ['JSON in UTF-16', json(), Buffer.from('{"title":"milk"}', 'utf16le'), 400],
    ['JSON that is nested without end', json(), Buffer.from('['.repeat(999)), 400],
    ['JSON of another media type', post('/tasks', 'text/plain'), title, 415],
    ['JSON of no media type', post('/tasks', ''), title, 415],
    ['JSON, compressed', json('content-encoding: gzip'), gzipSync(title), 415],
    ['JSON, said to be compressed', json('content-encoding: br'), title, 415],
    ['JSON in two codings', json('content-encoding: gzip, br'), title, 415],
    ['JSON in no coding, said so', json('content-encoding: identity'), title, 201],
    ['JSON behind a byte order mark', json(), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), title]), 201],
    ['JSON, too large', json(), Buffer.from(`{"title":"${'x'.repeat(1000)}"}`), 413],
    ['a file, compressed', file('content-encoding: gzip'), gzipSync(title), 415],
    ['a file that is not text', file(), Buffer.from([0xff, 0xfe, 0x00]), 415],
    ['an empty file', file(), Buffer.alloc(0), 400],
  ])('%s', async (...[, head, body, status]) => {
    const [answer] = answersOf(await exchange(port, whole(head, body)));
    expect(answer?.status).toBe(status);
    if (status === 415 && head.includes('content-encoding')) {
      expect(answer?.fields['accept-encoding']).toBe('identity');
    }
    expect(await expectNoFaultOfOurs()).toEqual([status]);
  });

  test('one that is too large by its chunks is refused while it comes, and the connection goes on', async () => {
    const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
    const next = 'GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
    const text = await exchange(
      port,
      `${json('transfer-encoding: chunked')}${chunk}${chunk}0\r\n\r\n${next}`,
    );
    expect(answersOf(text).map(({ status }) => status)).toEqual([413, 200]);
    expect(await expectNoFaultOfOurs()).toEqual([413, 200]);
  });

  test.each([
    ['JSON', json('transfer-encoding: chunked')],
    ['a file', file('transfer-encoding: chunked')],
  ])('%s with a chunk whose size is no number', async (_, head) => {
    const text = await exchange(port, `${head}2\r\nab\r\nzz\r\n`);
    expect(answersOf(text).map(({ status }) => status)).toEqual([400]);
    expect(await expectNoFaultOfOurs()).toEqual([400]);
  });
});

test('a client that sends too slowly is told 408: a head, a body, and a connection without a byte', async () => {
  const slow = [`${json('content-length: 20')}{"ti`, `${file('content-length: 20')}abc`, 'GET /hea', ''];
  const texts = await Promise.all(slow.map((bytes) => exchange(port, bytes)));
  const statuses = texts.map((text) => answersOf(text).map(({ status }) => status));
  expect(statuses).toEqual([[408], [408], [408], [408]]);
  for (const status of await expectNoFaultOfOurs()) expect(status).toBe(400);
});
