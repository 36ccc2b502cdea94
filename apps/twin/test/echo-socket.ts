import { createHash } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';

/** RFC 6455, 1.3: what a server proves with that it has understood the handshake. */
const accept = (key: string | undefined): string =>
  createHash('sha1')
    .update(`${key ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');

/** Accepts a WebSocket and sends back, unmasked, every text frame of up to 125 bytes; `on('upgrade')` of a server takes it. */
export function echoSocket({ headers }: IncomingMessage, socket: Duplex, first: Buffer): void {
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept(headers['sec-websocket-key'])}\r\n\r\n`,
  );
  let pending = first;
  const answer = (): void => {
    for (let frame = readFrame(pending); frame !== undefined; frame = readFrame(pending)) {
      pending = pending.subarray(frame.length);
      socket.write(Buffer.concat([Buffer.from([0x80 | frame.opcode, frame.data.length]), frame.data]));
      if (frame.opcode === closing) socket.end();
    }
  };
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    answer();
  });
  socket.on('error', () => undefined);
  socket.on('end', () => socket.end());
  answer();
}

const closing = 8;

/** A masked frame at the front of what has come; undefined while it is not whole. */
function readFrame(bytes: Buffer): { opcode: number; data: Buffer; length: number } | undefined {
  const size = (bytes[1] ?? 0) & 0x7f;
  const length = 6 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(2, 6);
  const data = Buffer.from(bytes.subarray(6, length)).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { opcode: (bytes[0] ?? 0) & 0x0f, data: Buffer.from(data), length };
}

export const textFrame = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

/** A WebSocket by Node’s own client; rejects when the server answers instead of changing protocols. */
export function openSocket(port: number, path = '/socket'): Promise<{ socket: Duplex; accepted: boolean }> {
  const key = Buffer.from('sixteen bytes ok').toString('base64');
  return new Promise((resolve, reject) => {
    const outgoing = request({
      port,
      host: '127.0.0.1',
      path,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': key,
        'sec-websocket-version': '13',
      },
    });
    outgoing.on('upgrade', (response, socket, first) => {
      if (first.length > 0) socket.unshift(first);
      resolve({ socket, accepted: response.headers['sec-websocket-accept'] === accept(key) });
    });
    outgoing.on('response', ({ statusCode }) => reject(new Error(`answered ${String(statusCode)}`)));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
