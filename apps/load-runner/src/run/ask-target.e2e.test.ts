import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { sentRequest } from '../load/connection/sent-request.ts';
import { askTarget } from './ask-target.ts';
import { checkTargetAnswers } from './preflight.ts';

const servers: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** A server that answers every request with these bytes, and keeps what it was asked. */
async function serve(answer: string) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      asked.push(data.toString('latin1'));
      socket.write(answer);
    });
  }).listen(0, '127.0.0.1');
  servers.push({ server, sockets });
  await once(server, 'listening');
  return { target: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/dev`), asked };
}

const endpoint = {
  method: 'GET',
  path: '/ñ?q=ü',
  weight: 1,
  headers: { Name: 'señor' },
  body: null,
} as const;
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

test.each([
  ['103', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'],
  ['an unasked 100', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['two', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n'],
])('passes over an answer that is not the final one: %s', async (_, interim) => {
  const { target } = await serve(interim + ok);
  expect(await askTarget(target, sentRequest(target, endpoint, false))).toEqual({
    ...{ status: 200, text: 'ok', location: null },
  });
  await checkTargetAnswers(target, endpoint);
});

test('asks ahead of a load in the load’s own bytes, and only to read', async () => {
  const { target, asked } = await serve(ok);
  await checkTargetAnswers(target, { ...endpoint, method: 'POST', body: '{}' });
  expect(asked[0]?.split('\r\n')[0]).toBe('GET /dev/%C3%B1?q=%C3%BC HTTP/1.1');
  expect(asked[0]).toContain('\r\nname: señor\r\n');
  expect(asked[0]).not.toContain('content-length');
});

test('takes any final status for an answer, and follows no redirect', async () => {
  const { target, asked } = await serve(
    'HTTP/1.1 301 Moved\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n',
  );
  expect(await askTarget(target, sentRequest(target, endpoint, false))).toEqual({
    ...{ status: 301, text: '', location: '/other' },
  });
  expect(asked).toHaveLength(1);
});

test('says why there is no answer', async () => {
  const { target } = await serve('SSH-2.0-what\r\n');
  await expect(checkTargetAnswers(target, endpoint)).rejects.toThrow(
    /^TL-RUN-TARGET --target: http:\/\/127\.0\.0\.1:\d+\/dev\/%C3%B1\?q=%C3%BC did not answer \(.*Parse Error: /,
  );
});
