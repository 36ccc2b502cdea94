import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { Agent, type RequestListener, request } from 'node:http';
import { Rig, send } from './balancer-rig.ts';

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Answers with what it got, framed as the path asks. */
const echo: RequestListener = (incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks);
    if (incoming.url === '/seen') {
      const seen = JSON.stringify({
        method: incoming.method,
        version: incoming.httpVersion,
        headers: incoming.headers,
        body: body.toString('latin1'),
      });
      response.writeHead(200, { 'content-length': seen.length, 'x-target': 'yes' }).end(seen);
    } else if (incoming.url === '/chunked') {
      response.write(body.subarray(0, 10));
      response.end(body.subarray(10));
    } else if (incoming.url === '/empty') {
      response.writeHead(204).end();
    } else {
      response.writeHead(200, { 'content-length': body.length }).end(body);
    }
  });
};

interface Seen {
  readonly method: string;
  readonly version: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const seen = (body: Buffer | string): Seen => JSON.parse(body.toString()) as Seen;

describe('the balancer forwards', () => {
  let rig: Rig;
  let connections: () => number;

  beforeEach(async () => {
    rig = await new Rig({}).start();
    ({ connections } = await rig.target('echo', echo));
  });
  afterEach(() => rig.close());

  test('a request with its Host, and where it came from', async () => {
    const answer = await send(rig.port, {
      path: '/seen',
      headers: {
        host: 'shop.example',
        'x-forwarded-for': '10.0.0.9',
        connection: 'close, x-hop',
        'x-hop': '1',
      },
    });
    expect(answer.headers['x-target']).toBe('yes');
    const { headers, version } = seen(answer.body);
    expect(version).toBe('1.1');
    expect(headers).toMatchObject({
      // The listener’s port is none of the two that Host leaves out.
      host: `shop.example:${rig.port}`,
      'x-forwarded-for': '10.0.0.9, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': `${rig.port}`,
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
    expect(headers).not.toHaveProperty('x-hop');
  });

  test('one client’s requests over one connection to the target', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = 0; turn < 50; turn++)
      expect((await send(rig.port, { agent, method: 'POST', body: `${turn}` })).body.toString()).toBe(
        `${turn}`,
      );
    agent.destroy();
    expect(connections()).toBe(1);
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 50, target2xx: 50, newConnections: 2 });
  });

  test.each(['/', '/chunked'])('a large body both ways through %s', async (path) => {
    const body = randomBytes(20 * 1024 * 1024);
    const answer = await send(rig.port, { path, method: 'POST', body });
    expect(digest(answer.body)).toBe(digest(body));
  });

  test.each(['/', '/chunked'])('a large chunked request through %s', async (path) => {
    const body = randomBytes(3 * 1024 * 1024);
    const answer = await send(rig.port, {
      path,
      method: 'POST',
      body,
      headers: { 'transfer-encoding': 'chunked' },
    });
    expect(digest(answer.body)).toBe(digest(body));
  });

  test('a response while its request is still being sent', async () => {
    const streaming = await rig.target('streaming', (incoming, response) => void incoming.pipe(response));
    void rig.balancer.deregister('echo');
    const parts: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const outgoing = request(
        { port: rig.port, host: '127.0.0.1', method: 'POST', agent: false },
        (response) => {
          response.on('data', (chunk: Buffer) => {
            parts.push(chunk.toString());
            if (parts.length === 1) outgoing.end('second');
          });
          response.on('end', resolve);
        },
      );
      outgoing.on('error', reject);
      outgoing.write('first');
    });
    expect(parts.join('')).toBe('firstsecond');
    expect(streaming.connections()).toBe(1);
  });

  test('the answer to HEAD without a body, and the next request on the same connection', async () => {
    const received = await rig.talk(
      'HEAD /seen HTTP/1.1\r\nHost: a\r\n\r\nGET /empty HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*?\r\n\r\nHTTP\/1\.1 204 No Content\r\n/);
    expect(received).toMatch(/\r\n\r\n$/);
  });

  test('pipelined requests in their order', async () => {
    const bodies = Array.from({ length: 40 }, (_, index) => `body-${index};`);
    const requests = bodies.map(
      (body) => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const received = await rig.talk(requests.join(''), (text) => text.includes('body-39;'));
    expect(received.match(/body-\d+;/g)).toEqual(bodies);
  });

  test('more pipelined requests than it buffers, to a client that reads late', async () => {
    const one = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000\r\n\r\n${'x'.repeat(7999)};`;
    const received = await rig.talk(one.repeat(100), (text) => text.split(';').length === 101);
    expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(100);
  });

  test('a request that arrives byte by byte', async () => {
    const text =
      'POST /seen HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
    const received = await rig.talk(Array.from(text));
    expect(seen(received.slice(received.indexOf('{')))).toMatchObject({ method: 'POST', body: 'abc' });
  });

  test('an HTTP/1.0 request as HTTP/1.1, and closes behind the answer', async () => {
    const received = await rig.talk('POST /chunked HTTP/1.0\r\nContent-Length: 12\r\n\r\nhello, world');
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(received).toMatch(/\r\nConnection: close\r\n\r\nhello, world$/);
    expect(received).not.toMatch(/transfer-encoding/i);
  });

  test('an HTTP/1.0 client’s next request when it asks to keep the connection', async () => {
    const one = 'POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc';
    const received = await rig.talk([one, one], (text) => text.match(/\r\n\r\nabc/g)?.length === 2);
    expect(received.match(/\r\nConnection: keep-alive\r\n/g)).toHaveLength(2);
  });

  test('the target’s 100 to a client that waits for it', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const outgoing = request({
        port: rig.port,
        host: '127.0.0.1',
        method: 'POST',
        agent: false,
        headers: { expect: '100-continue', 'content-length': 5 },
      });
      outgoing.on('error', reject);
      outgoing.on('continue', () => outgoing.end('hello'));
      outgoing.on('response', (response) => {
        response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
      });
      outgoing.flushHeaders();
    });
    expect(answer).toBe('hello');
  });
});

describe('the balancer frames anew', () => {
  test('a response that ends with its connection', async () => {
    const rig = await new Rig({}).start();
    await rig.rawTarget('old', (socket) => {
      socket.write('HTTP/1.0 200 OK\r\n\r\nhello, ');
      socket.end('world');
    });
    const answer = await send(rig.port);
    expect(answer.headers['transfer-encoding']).toBe('chunked');
    expect(answer.body.toString()).toBe('hello, world');
    await rig.close();
  });

  test.each([1, 2, 3, 7, 50])('a response that arrives in pieces of %i bytes', async (size) => {
    const rig = await new Rig({}).start();
    const text =
      'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n7\r\n, world\r\n0\r\nT: x\r\n\r\n';
    await rig.rawTarget('pieces', (socket) => {
      socket.setNoDelay(true);
      for (let at = 0; at < text.length; at += size) socket.write(text.slice(at, at + size));
    });
    expect((await send(rig.port)).body.toString()).toBe('hello, world');
    await rig.close();
  });
});
