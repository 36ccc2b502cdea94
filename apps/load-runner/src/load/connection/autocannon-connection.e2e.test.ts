import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { autocannonConnections } from './autocannon-connection.ts';
import type { CookieJar } from './cookie-jar.ts';
import type { UserConnection } from './user-connection.ts';

const request = Buffer.from('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
const answer = (text: string, headers = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n${headers}\r\n${text}`;

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

/** A server that does as it is told with every request (or every connection). */
async function serve(on: {
  readonly request?: (socket: Socket, count: number, text: string) => void;
  readonly connection?: (socket: Socket) => void;
}) {
  let [connections, requests] = [0, 0];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => on.request?.(socket, (requests += 1), data.toString()));
    on.connection?.(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}`), server, connections: () => connections };
}

/** A connection that turns each request into what came of it. */
function connect(
  url: URL,
  options: { readonly timeoutMs?: number; readonly keepAlive?: boolean; readonly jars?: CookieJar[] } = {},
) {
  const { timeoutMs = 5000, keepAlive = true, jars = null } = options;
  let settle: (result: number | string) => void = () => undefined;
  let last = { durationMs: 0, bodyBytes: 0 };
  const connection: UserConnection = autocannonConnections(url, { timeoutMs, keepAlive, jars })({
    onAnswer: (statusCode, durationMs, { bodyBytes }) => {
      expect(durationMs).toBeGreaterThan(0);
      last = { durationMs, bodyBytes };
      settle(statusCode);
    },
    onFailure: (kind) => settle(kind),
  });
  opened.push(connection);
  return {
    connection,
    durationMs: () => last.durationMs,
    bodyBytes: () => last.bodyBytes,
    ask: (sent = request) =>
      new Promise<number | string>((resolve) => {
        settle = resolve;
        connection.send(sent, false);
      }),
  };
}

describe('a connection', () => {
  test('is kept for the next request', async () => {
    const { url, connections } = await serve({ request: (socket) => socket.write(answer('ok')) });
    const { ask } = connect(url);
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 200]);
    expect(connections()).toBe(1);
  });

  test('reads no body after HEAD, whatever length its answer names', async () => {
    const { url, connections } = await serve({
      request: (socket, _, text) =>
        socket.write(
          text.startsWith('HEAD')
            ? answer('', 'etag: 1\r\n').replace('length: 0', 'length: 99')
            : answer('ok'),
        ),
    });
    const { ask, bodyBytes } = connect(url);
    const head = Buffer.from('HEAD / HTTP/1.1\r\nhost: test\r\n\r\n');
    expect([await ask(head), bodyBytes(), await ask(), await ask(head)]).toEqual([200, 0, 200, 200]);
    expect(connections()).toBe(1);
  });

  test('opens with its first request, not before', async () => {
    const { url, connections } = await serve({ request: (socket) => socket.write(answer('ok')) });
    const { ask } = connect(url);
    expect(connections()).toBe(0);
    await ask();
    expect(connections()).toBe(1);
  });

  test('is opened anew for every request without keep-alive', async () => {
    const { url, connections } = await serve({ request: (socket) => socket.write(answer('ok')) });
    const { ask } = connect(url, { keepAlive: false });
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect(connections()).toBe(2);
  });

  test('is opened anew after an answer that says close, and no request is lost by it', async () => {
    const { url, connections } = await serve({
      request: (socket) => socket.end(answer('ok', 'connection: close\r\n')),
    });
    const { ask } = connect(url);
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 200]);
    expect(connections()).toBe(3);
  });

  test('that the server closes while idle is opened anew, which is no failure', async () => {
    const { url, connections } = await serve({
      request: (socket) => socket.write(answer('ok'), () => socket.end()),
    });
    const { ask } = connect(url);
    expect(await ask()).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await ask()).toBe(200);
    expect(connections()).toBe(2);
  });

  test('drops what nobody asked for', async () => {
    const { url } = await serve({
      connection: (socket) => socket.write(answer('')),
      request: (socket, count) => {
        if (count === 1) socket.write(answer('ok') + answer('surplus'));
        else socket.write(answer('ok'));
      },
    });
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual([200, 200]);
  });

  test('takes an answer without a length, which ends with the connection', async () => {
    const { url } = await serve({ request: (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it') });
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual([200, 200]);
  });

  test('reads a chunked answer in pieces', async () => {
    const { url } = await serve({
      request: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n');
        setImmediate(() => socket.write('0\r\n\r\n'));
      },
    });
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual([200, 200]);
  });
});

describe('an answer that is not the final one', () => {
  const early = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n';

  test.each([
    ['103', early],
    ['an unasked 100', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['several', `HTTP/1.1 102 Processing\r\n\r\n${early}${early}`],
    ['one without a meaning of its own', 'HTTP/1.1 199 Whatever\r\n\r\n'],
    ['one that says close', 'HTTP/1.1 103 Early Hints\r\nconnection: close\r\n\r\n'],
    ['one that claims a body', 'HTTP/1.1 103 Early Hints\r\ncontent-length: 5\r\n\r\n'],
    ['one that claims chunks', 'HTTP/1.1 103 Early Hints\r\ntransfer-encoding: chunked\r\n\r\n'],
  ])('is passed over: %s', async (_, interim) => {
    const { url, connections } = await serve({ request: (socket) => socket.write(interim + answer('ok')) });
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect(connections()).toBe(1);
  });

  test('is passed over in pieces, and the time runs on to the final answer', async () => {
    const { url } = await serve({
      request: (socket) => {
        socket.write(early.slice(0, 30));
        setTimeout(() => socket.write(early.slice(30)), 20);
        setTimeout(() => socket.write(answer('ok')), 60);
      },
    });
    const { ask, durationMs } = connect(url);
    expect(await ask()).toBe(200);
    expect(durationMs()).toBeGreaterThan(50);
  });

  test('that no final answer follows is no answer: closed, or timed out', async () => {
    const { url } = await serve({ request: (socket) => socket.end(early) });
    expect(await connect(url).ask()).toBe('connection-closed');
    const { url: silent } = await serve({ request: (socket) => socket.write(early) });
    expect(await connect(silent, { timeoutMs: 100 }).ask()).toBe('timeout');
  });

  test('is not what 101 is: a change of protocols without a request for it', async () => {
    const { url } = await serve({
      request: (socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    });
    expect(await connect(url).ask()).toBe(101);
  });
});

test.each([
  ['204', 'content-length: 5'],
  ['304', 'content-length: 5'],
  ['204', 'transfer-encoding: chunked'],
])('a %s has no body, though it says %s', async (status, field) => {
  const { url, connections } = await serve({
    request: (socket) => socket.write(`HTTP/1.1 ${status} x\r\n${field}\r\n\r\n`),
  });
  const { ask } = connect(url);
  expect([await ask(), await ask()]).toEqual([Number(status), Number(status)]);
  expect(connections()).toBe(1);
});

test('the bytes of a body are counted, answer by answer', async () => {
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n';
  const bodies = [answer('four'), answer(''), chunked];
  const { url } = await serve({ request: (socket, count) => socket.write(bodies[count - 1] ?? '') });
  const { ask, bodyBytes } = connect(url);
  const counted: number[] = [];
  while (counted.length < bodies.length) {
    await ask();
    counted.push(bodyBytes());
  }
  expect(counted).toEqual([4, 0, 5]);
});

describe('cookies', () => {
  const cookieServer = async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await serve({
      request: (socket, count, text) => {
        asked.push(/cookie: (.*)\r\n/.exec(text)?.[1]);
        socket.end(answer('ok', `set-cookie: session=${count}; Path=/; HttpOnly\r\nconnection: close\r\n`));
      },
    });
    return { url, asked };
  };

  test('are kept by each user for itself, over every connection that it opens', async () => {
    const { url, asked } = await cookieServer();
    const [one, two] = [connect(url, { jars: [] }), connect(url, { jars: [] })];
    await one.ask();
    await two.ask();
    await one.ask();
    await two.ask();
    expect(asked).toEqual([undefined, undefined, 'session=1', 'session=2']);
  });

  test('are not kept unless the profile says so', async () => {
    const { url, asked } = await cookieServer();
    const { ask } = connect(url);
    await ask();
    await ask();
    expect(asked).toEqual([undefined, undefined]);
  });
});

describe('a failure', () => {
  test('of a server that does not answer in time is a timeout, and the next request has a new connection', async () => {
    const { url, connections } = await serve({
      request: (socket, count) => {
        if (count > 1) socket.write(answer('ok'));
      },
    });
    const { ask } = connect(url, { timeoutMs: 100 });
    expect(await ask()).toBe('timeout');
    expect(await ask()).toBe(200);
    expect(connections()).toBe(2);
  });

  test('is not made of a pause between requests that is longer than the timeout', async () => {
    const { url, connections } = await serve({ request: (socket) => socket.write(answer('ok')) });
    const { ask } = connect(url, { timeoutMs: 100 });
    await ask();
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await ask()).toBe(200);
    expect(connections()).toBe(1);
  });

  test('of a connection that is cut is a reset', async () => {
    const { url } = await serve({ request: (socket) => socket.resetAndDestroy() });
    expect(await connect(url).ask()).toBe('connection-reset');
  });

  test('of a connection that ends without an answer is counted', async () => {
    const { url } = await serve({ request: (socket) => socket.end() });
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual(['connection-closed', 'connection-closed']);
  });

  test('of an answer that ends halfway is counted, and does not spoil the next', async () => {
    const { url } = await serve({
      request: (socket, count) => {
        if (count === 1) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
        else socket.write(answer('ok'));
      },
    });
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual(['connection-closed', 200]);
  });

  test('of an answer that is not HTTP is a bad answer', async () => {
    const { url } = await serve({
      request: (socket, count) => socket.write(count === 1 ? 'SSH-2.0-what\r\n' : answer('ok')),
    });
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual(['bad-answer', 200]);
  });

  test('where nobody listens is a refusal', async () => {
    const { url, server } = await serve({});
    server.close();
    await once(server, 'close');
    const { ask } = connect(url);
    expect([await ask(), await ask()]).toEqual(['connection-refused', 'connection-refused']);
  });
});

test('a closed connection tells nothing any more', async () => {
  const told: unknown[] = [];
  const { url } = await serve({ request: (socket) => socket.write(answer('ok')) });
  const connection = autocannonConnections(url, { timeoutMs: 50, keepAlive: true, jars: null })({
    onAnswer: (statusCode) => told.push(statusCode),
    onFailure: (kind) => told.push(kind),
  });
  connection.send(request, false);
  connection.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(told).toEqual([]);
});
