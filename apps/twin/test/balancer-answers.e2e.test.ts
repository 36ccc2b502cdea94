import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Rig } from './balancer-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await new Rig({ loadBalancer: { idleTimeoutSeconds: 5 } }).start();
});
afterEach(() => rig.close());

const request = (method: string, path = '/'): string => `${method} ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const get = request('GET');
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n';
const interim = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${hints}${hints}`;
const isAnswered = (text: string): boolean => text.endsWith('\r\n\r\nok');

/** A target that sends the next of these for each connection; the last one for all that follow. */
async function answering(...answers: readonly string[]) {
  const sockets: Socket[] = [];
  await rig.rawTarget('t', (socket) => {
    socket.write(answers[Math.min(sockets.push(socket), answers.length) - 1] ?? '');
    // A later request on the same connection gets what belongs to it.
    socket.on('data', () => socket.write(ok));
  });
  return sockets;
}

describe('interim answers of a target', () => {
  test('pass to the client in their order, and only the final one counts', async () => {
    await answering(interim + ok);
    expect(await rig.talk(get, isAnswered)).toBe(interim + ok);
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 1, target2xx: 1, elb5xx: 0 });
  });

  test('pass one by one, each when it comes', async () => {
    const heads = interim.split(/(?<=\r\n\r\n)/);
    let serve: Socket | undefined;
    await rig.rawTarget('t', (socket) => (serve = socket).write(heads[0] ?? ''));
    let seen = 0;
    const received = await rig.talk(get, (text) => {
      // The next one leaves only once the one before it is here.
      for (; text.split('\r\n\r\n').length - 1 > seen && seen < heads.length; seen++)
        serve?.write(heads[seen + 1] ?? ok);
      return isAnswered(text);
    });
    expect(received).toBe(interim + ok);
  });

  test('are dropped for a client of HTTP/1.0, which knows none', async () => {
    await answering(interim + ok);
    expect(await rig.talk('GET / HTTP/1.0\r\n\r\n')).toBe(
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
    );
  });

  test('have no length, whatever they claim', async () => {
    await answering(`HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n${ok}`);
    expect(await rig.talk(get, isAnswered)).toBe(`HTTP/1.1 103 Early Hints\r\n\r\n${ok}`);
  });

  test.each([
    ['is cut off', 'HTTP/1.1 103 Early Hints\r\nLink: </a'],
    ['has a body', 'HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n'],
    ['changes protocols unasked', `${hints}HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n`],
    ['is the last that comes', hints],
  ])('one that %s ends in 502, and the client’s connection goes on', async (_, bytes) => {
    const sockets: Socket[] = [];
    await rig.rawTarget('t', (socket) => (sockets.push(socket) === 1 ? socket.end(bytes) : socket.write(ok)));
    const received = await rig.talk([get, get], isAnswered);
    expect(received.match(/^HTTP\/1\.1 \d+/gm)?.filter((line) => !line.endsWith('103'))).toEqual([
      'HTTP/1.1 502',
      'HTTP/1.1 200',
    ]);
    expect(rig.balancer.targets()).toMatchObject([{ requestsInFlight: 0 }]);
  });

  test('without end are held back while the client does not read', async () => {
    const many = hints.repeat(1000);
    const mostBytes = 64 * 1024 * 1024;
    let sent = 0;
    let isHeldBack: () => void = () => undefined;
    const heldBack = new Promise<void>((resolve) => (isHeldBack = resolve));
    await rig.rawTarget('t', (socket) => {
      const more = (): void => {
        let hasRoom = true;
        while (hasRoom && sent < mostBytes) {
          sent += many.length;
          hasRoom = socket.write(many, (error) => error ?? quiet());
        }
        if (sent >= mostBytes) isHeldBack();
      };
      // Nothing that was written for so many turns has left: the balancer reads no more.
      let turns = 0;
      const quiet = (): void => void (turns = 0);
      const look = (): void => {
        if (++turns === 2000) isHeldBack();
        else if (!socket.destroyed) setImmediate(look);
      };
      socket.on('drain', more);
      more();
      look();
    });
    const client = await rig.connect();
    client.pause();
    client.write(get);
    await heldBack;
    client.destroy();
    expect(sent).toBeLessThan(mostBytes / 2);
  });
});

describe('a connection to a target', () => {
  /** Answers of two requests, one after the other, and how many connections they took. */
  async function twice(first: string, firstAnswer: string) {
    const sockets = await answering(firstAnswer, ok);
    const client = await rig.connect();
    let received = '';
    client.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    const head = firstAnswer.slice(0, firstAnswer.indexOf('\r\n'));
    client.write(first);
    while (!received.includes('\r\n\r\n')) await once(client, 'data');
    client.write(get);
    while (!isAnswered(received) || received.split('HTTP/1.1').length < 3) await once(client, 'data');
    client.destroy();
    return { received, head, connections: sockets.length };
  }

  test.each([
    ['204 with a length', 'GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n', 2],
    ['204 with a body', 'GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello', 2],
    ['204 with a coding', 'GET', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n', 2],
    ['204', 'GET', 'HTTP/1.1 204 No Content\r\n\r\n', 1],
    [
      '304 with a length, which is another answer’s',
      'GET',
      'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n',
      1,
    ],
    ['304 with a body', 'GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello', 2],
    ['HEAD', 'HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 1],
    ['HEAD with a body', 'HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 2],
    [
      'HEAD with a body in chunks',
      'HEAD',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      2,
    ],
    ['a whole second answer behind it', 'GET', `${ok}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison`, 2],
    ['garbage behind it', 'GET', `${ok}\0\r\n`, 2],
    ['HTTP/1.0', 'GET', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok', 2],
    [
      'HTTP/1.0 that keeps it',
      'GET',
      'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok',
      1,
    ],
    [
      'HTTP/1.0 with a coding, which it does not have',
      'GET',
      'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      2,
    ],
  ])(
    'behind an answer to %s: the next request gets its own answer',
    async (...[, method, answer, connections]) => {
      const result = await twice(request(method), answer);
      const [, first, second] = result.received.split('HTTP/1.1');
      expect(`HTTP/1.1${second ?? ''}`).toBe(ok);
      expect(first).not.toMatch(/hello|poison|\0/);
      expect(result.connections).toBe(connections);
    },
  );

  test('that brings bytes when no request is on it is given up, and they reach nobody', async () => {
    const sockets = await answering(ok);
    expect(await rig.talk(get, isAnswered)).toBe(ok);
    sockets[0]?.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison');
    await once(sockets[0]!, 'close');
    expect(await rig.talk(get, isAnswered)).toBe(ok);
    expect(sockets).toHaveLength(2);
  });

  test('whose answer overtook the request’s body takes no other request', async () => {
    const sockets = await answering('HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno', ok);
    const received = await rig.talk('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nsome');
    expect(received).toBe(
      'HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno',
    );
    expect(await rig.talk(get, isAnswered)).toBe(ok);
    expect(sockets).toHaveLength(2);
  });

  test('is as good as closed behind an answer that ends with it', async () => {
    const sockets = await answering('HTTP/1.1 200 OK\r\n\r\n', ok);
    const client = await rig.connect();
    client.write(get);
    await once(client, 'data');
    sockets[0]?.end('the end');
    expect(await rig.talk(get, isAnswered)).toBe(ok);
    expect(sockets).toHaveLength(2);
    client.destroy();
  });
});

test('small answers of many connections and large ones to clients that read late stay apart', async () => {
  // Late is what they are however long the others take: no idle timeout is to end them.
  await rig.close();
  rig = await new Rig({ loadBalancer: { idleTimeoutSeconds: 600 } }).start();
  const large = Buffer.alloc(12 * 1024 * 1024, 'large ');
  await rig.target('t', ({ url = '' }, response) =>
    response.end(url === '/large' ? large : `small ${url} `.repeat(20)),
  );
  const late = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const client = await rig.connect();
      client.pause();
      client.write('GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      return client;
    }),
  );
  for (let turn = 0; turn < 20; turn++) {
    const paths = Array.from({ length: 10 }, (_, index) => `/${turn}-${index}`);
    const answers = await Promise.all(
      paths.map((path) => rig.talk(request('GET', path).replace('Host', 'Connection: close\r\nHost'))),
    );
    answers.forEach((answer, index) =>
      expect(answer).toContain(`\r\n\r\n${`small ${paths[index]} `.repeat(20)}`),
    );
  }
  for (const client of late) {
    const chunks: Buffer[] = [];
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.resume();
    await once(client, 'close');
    const answer = Buffer.concat(chunks);
    expect(answer.subarray(-large.length).equals(large)).toBe(true);
  }
});
