import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { BodyPart, ResponseSink } from '../src/balancer/http/response-sink.ts';
import { TargetConnection } from '../src/balancer/http/target-connection.ts';

const host = '127.0.0.1';
const partBytes = 40_000;
const bodyBytes = 10 * partBytes;

let server: Server;
let target: Socket;
beforeEach(async () => {
  server = createServer((socket) => {
    target = socket;
    socket.once('data', () =>
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bodyBytes}\r\n\r\n${'0'.repeat(partBytes)}`),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

/** Receives the body, and has the target send each part once the one before it is here. */
async function receive(holdsBytes: boolean) {
  const parts: (BodyPart & { readonly sent: string })[] = [];
  await new Promise<void>((resolve, reject) => {
    let received = 0;
    const take = (part: BodyPart, isLast: boolean): boolean => {
      parts.push({ ...part, sent: part.bytes.toString('latin1', part.start, part.end) });
      received += part.end - part.start;
      if (isLast) resolve();
      else if (received % partBytes === 0) target.write(String(received / partBytes).repeat(partBytes));
      return true;
    };
    const sink: ResponseSink = {
      holdsBytes,
      interim: () => reject(new Error('there is no interim answer')),
      response: (_, part, isLast) => take(part, isLast),
      body: take,
      failed: (failure) => reject(new Error(failure)),
      upgraded: () => reject(new Error('there is no upgrade')),
      requestDrained: () => undefined,
    };
    const connection = new TargetConnection({
      host,
      port: (server.address() as AddressInfo).port,
      idleTimeoutMs: 10_000,
      connectTimeoutMs: 10_000,
      onFree: () => connection.destroy(),
      onIdleClosed: () => undefined,
    });
    connection.begin(sink, { method: 'GET', upgrade: undefined });
    connection.writeText('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    connection.requestSent();
  });
  return parts;
}

test('bytes that the client’s side still holds are never read over', async () => {
  const parts = await receive(true);
  expect(parts.length).toBeGreaterThanOrEqual(10);
  expect(new Set(parts.map(({ bytes }) => bytes)).size).toBe(parts.length);
  for (const { bytes, start, end, sent } of parts) expect(bytes.toString('latin1', start, end)).toBe(sent);
});

test('bytes that have gone leave their buffer to the next ones', async () => {
  const parts = await receive(false);
  expect(new Set(parts.map(({ bytes }) => bytes)).size).toBe(1);
  expect(parts.map(({ sent }) => sent).join('')).toHaveLength(bodyBytes);
});

test('bytes that come before the next request has left are no answer to it', async () => {
  const outcomes: string[] = [];
  const sinkFor = (name: string, done: () => void): ResponseSink => ({
    holdsBytes: false,
    interim: () => undefined,
    response: ({ status }, _, isLast) => {
      outcomes.push(`${name} ${status}`);
      if (isLast) done();
      return true;
    },
    body: (_, isLast) => {
      if (isLast) done();
      return true;
    },
    failed: (failure) => {
      outcomes.push(`${name} ${failure}`);
      done();
    },
    upgraded: () => undefined,
    requestDrained: () => undefined,
  });
  const connection = new TargetConnection({
    host,
    port: (server.address() as AddressInfo).port,
    idleTimeoutMs: 10_000,
    connectTimeoutMs: 10_000,
    onFree: () => undefined,
    onIdleClosed: () => undefined,
  });
  const ask = (name: string): Promise<void> =>
    new Promise((resolve) => {
      connection.begin(sinkFor(name, resolve), { method: 'GET', upgrade: undefined });
      connection.writeText('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      connection.requestSent();
    });
  const first = ask('first');
  await once(server, 'connection');
  target.once('data', () => target.write('0'.repeat(bodyBytes - partBytes)));
  await first;
  expect(connection.isUsable).toBe(true);
  // From here, the next turn reads what has come before it writes what is held.
  await setImmediate();
  target.write('HTTP/1.1 299 Poison\r\nContent-Length: 0\r\n\r\n');
  await ask('second');
  expect(outcomes).toEqual(['first 200', 'second malformed']);
  expect(connection.isUsable).toBe(false);
});
