import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { type Socket, connect } from 'node:net';
import { ListenError } from '../src/balancer/listen-error.ts';
import { Rig, send, startLoad } from './balancer-rig.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function startRig(options: ConstructorParameters<typeof Rig>[0] = {}): Promise<Rig> {
  const rig = new Rig(options);
  cleanups.push(() => rig.close());
  return rig.start();
}

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

/** A request whose answer is awaited elsewhere, or not at all. */
function open(port: number, bytes: string): Socket {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.write(bytes);
  return socket;
}

describe('the balancer answers for a target that', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig({ loadBalancer: { idleTimeoutSeconds: 0.3 } });
  });

  test.each<[string, (socket: Socket) => unknown]>([
    ['resets the connection', (socket) => socket.resetAndDestroy()],
    ['closes the connection', (socket) => socket.end()],
    ['closes in the middle of a head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-')],
    ['sends no HTTP', (socket) => socket.write('hello\r\n\r\n')],
    ['sends lines without carriage returns', (socket) => socket.write('HTTP/1.1 200 OK\n\n')],
    [
      'sends both lengths',
      (socket) =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
    ],
    ['switches protocols unasked', (socket) => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n')],
    ['sends an endless head', (socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(40_000)}`)],
    [
      'breaks its first chunk',
      (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx'),
    ],
  ])('%s with 502', async (_, misbehave) => {
    await rig.rawTarget('bad', misbehave);
    const received = await rig.talk(get, (text) => text.includes('</html>'));
    expect(received).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\nServer: awselb\/2\.0\r\n/);
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 1, elb5xx: 1, elb502: 1, target2xx: 0 });
    expect(rig.balancer.targets()).toMatchObject([{ requestsInFlight: 0 }]);
  });

  test('refuses the connection with 502, and goes on with the client', async () => {
    const { server } = await rig.target('gone', () => undefined);
    server.close();
    await once(server, 'close');
    const received = await rig.talk([get, get], (text) => text.split('</html>').length === 3);
    expect(received.match(/^HTTP\/1\.1 502 Bad Gateway/gm)).toHaveLength(2);
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 2, elb502: 2, targetConnectionErrors: 2 });
  });

  test('does not answer within the idle timeout with 504, and gives its request up', async () => {
    const closed = new Promise((resolve) => {
      void rig.target('silent', (incoming) => incoming.on('close', resolve));
    });
    await rig.when(() => rig.stateOf('silent') === 'healthy');
    expect((await send(rig.port)).status).toBe(504);
    await closed;
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 1, elb504: 1 });
  });

  test('is not there with 503, and keeps the client’s connection', async () => {
    const received = await rig.talk([get, get], (text) => text.split('</html>').length === 3);
    expect(received.match(/^HTTP\/1\.1 503 Service Unavailable/gm)).toHaveLength(2);
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 0, elb503: 2, newConnections: 1 });
  });

  test('breaks off its response by breaking off its own', async () => {
    await rig.rawTarget('partial', (socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello'),
    );
    await expect(send(rig.port)).rejects.toThrow();
    expect(rig.events.at(-1)).toMatchObject({ type: 'request-failed', status: 0, targetId: 'partial' });
  });

  test('breaks off a chunked response without ending it', async () => {
    await rig.rawTarget('partial', (socket) =>
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
    );
    const received = await rig.talk(get);
    expect(received).toMatch(/\r\n\r\n5\r\nhello\r\n$/);
  });

  test('sends more than its response by not using that connection again', async () => {
    let served = 0;
    await rig.rawTarget('chatty', (socket) => {
      const body = `answer ${++served}`;
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison`,
      );
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const expected of ['answer 1', 'answer 2', 'answer 3'])
      expect((await send(rig.port, { agent })).body.toString()).toBe(expected);
    agent.destroy();
  });

  test('closed an idle connection by taking another one', async () => {
    const sockets: Socket[] = [];
    const { server } = await rig.target('brisk', (_, response) => response.end('ok'));
    server.on('connection', (socket: Socket) => sockets.push(socket));
    for (let turn = 1; turn <= 5; turn++) {
      expect((await send(rig.port)).status).toBe(200);
      expect(sockets).toHaveLength(turn);
      // Closed here means closed on both sides: the balancer has seen the end and given the connection up.
      sockets.at(-1)!.end();
      await once(sockets.at(-1)!, 'close');
    }
    expect(rig.balancer.takeMetrics()).toMatchObject({ target2xx: 5, elb5xx: 0 });
  });

  test('answers before it has the whole request with that answer, and closes behind it', async () => {
    await rig.target('strict', (_, response) => response.writeHead(413).end('too much'));
    const received = await rig.talk('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nsome');
    expect(received).toMatch(/^HTTP\/1\.1 413 [^]*\r\nConnection: close\r\n/);
  });
});

describe('the balancer and a client that', () => {
  test('leaves: its request is given up and counted as 460', async () => {
    const rig = await startRig();
    const arrived = new Promise<{ closed: Promise<unknown> }>((resolve) => {
      void rig.target('slow', (incoming) =>
        resolve({ closed: new Promise((close) => incoming.on('close', close)) }),
      );
    });
    await rig.when(() => rig.stateOf('slow') === 'healthy');
    const client = open(rig.port, get);
    const { closed } = await arrived;
    client.destroy();
    await closed;
    expect(rig.events.at(-1)).toMatchObject({ type: 'request-failed', status: 460, targetId: 'slow' });
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 1, clientAborts: 1, elb4xx: 1, elb5xx: 0 });
    expect(rig.balancer.targets()).toMatchObject([{ requestsInFlight: 0 }]);
  });

  test.each([
    ['its head', 'GET / HTTP/1.1\r\nHost'],
    ['its body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'],
    ['a chunked body', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab'],
  ])('stops in the middle of %s gets 408', async (_, bytes) => {
    const rig = await startRig({ loadBalancer: { idleTimeoutSeconds: 0.3 } });
    await rig.target('patient', (incoming, response) => incoming.resume().on('end', () => response.end()));
    expect(await rig.talk(bytes)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  });

  test('is idle: its connection closes without a word', async () => {
    const rig = await startRig({ loadBalancer: { idleTimeoutSeconds: 0.2 } });
    expect(await rig.talk('')).toBe('');
  });

  test('comes when all connections are taken is rejected and counted', async () => {
    const rig = await startRig({ maxConnections: 1 });
    const first = open(rig.port, get);
    await once(first, 'data');
    expect(await rig.talk(get)).toBe('');
    expect(rig.balancer.takeMetrics()).toMatchObject({ newConnections: 1, rejectedConnections: 1 });
    first.destroy();
  });

  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  const totalMegabytes = 128;
  /** What two pairs of socket buffers can hold, with room to spare; without backpressure everything would be on its way. */
  const boundMegabytes = 48;

  /** Enough turns of everybody’s event loop for data that is not held back to get through. */
  async function pump(rig: Rig): Promise<void> {
    for (let turn = 0; turn < 100; turn++) await send(rig.port, { path: '/ping' });
  }

  test('does not read holds the target back', async () => {
    const rig = await startRig();
    let sent = 0;
    await rig.target('fast', (incoming, response) => {
      if (incoming.url === '/ping') return response.end();
      const more = (): void => {
        while (sent < totalMegabytes) {
          sent++;
          if (!response.write(megabyte)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
      return undefined;
    });
    const client = open(rig.port, get.replace('Host', 'Connection: close\r\nHost'));
    await once(client, 'readable');
    await pump(rig);
    expect(sent).toBeLessThan(boundMegabytes);
    let received = 0;
    client.on('data', (chunk: Buffer) => (received += chunk.length));
    await once(client, 'close');
    expect(received).toBeGreaterThan(totalMegabytes * megabyte.length);
  });

  test('sends more than the target reads is held back', async () => {
    const rig = await startRig();
    let read: () => void = () => undefined;
    let got = 0;
    await rig.target('slow', (incoming, response) => {
      if (incoming.url === '/ping') return response.end();
      read = () =>
        incoming.on('data', (chunk: Buffer) => (got += chunk.length)).on('end', () => response.end());
      return undefined;
    });
    let sent = 0;
    const client = open(
      rig.port,
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${totalMegabytes * megabyte.length}\r\n\r\n`,
    );
    const more = (): void => {
      while (sent < totalMegabytes) {
        sent++;
        if (!client.write(megabyte)) return void client.once('drain', more);
      }
    };
    more();
    await pump(rig);
    expect(sent).toBeLessThan(boundMegabytes);
    read();
    client.resume();
    await once(client, 'close');
    expect(got).toBe(totalMegabytes * megabyte.length);
  });
});

describe('the balancer', () => {
  /** A process that answers `/` at once and `/slow` never; resolves with its port. */
  async function startTask(): Promise<{ process: ChildProcess; port: number }> {
    const program = `
      const server = require('node:http').createServer((request, response) => {
        if (request.url !== '/slow') return response.end('ok');
        process.stdout.write('slow\\n');
      });
      server.keepAliveTimeout = 60000;
      server.listen(0, '127.0.0.1', () => process.stdout.write(server.address().port + '\\n'));`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanups.push(() => child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { process: child, port: Number(line.toString()) };
  }

  test('loses only the requests in flight of a task that is killed, each a 502', async () => {
    const rig = await startRig();
    const tasks = [await startTask(), await startTask()] as const;
    await rig.register('killed', tasks[0].port);
    await rig.register('kept', tasks[1].port);
    // Ten requests that never end: round robin gives each task five.
    let arrived = 0;
    const allArrived = new Promise<void>((resolve) => {
      for (const task of tasks)
        task.process.stdout!.on('data', (text: Buffer) => {
          arrived += text.toString().split('\n').length - 1;
          if (arrived === 10) resolve();
        });
    });
    const slow = Array.from({ length: 10 }, () =>
      rig.talk('GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'),
    );
    await allArrived;
    expect(rig.balancer.targets()).toMatchObject([{ requestsInFlight: 5 }, { requestsInFlight: 5 }]);
    tasks[0].process.kill('SIGKILL');
    await once(tasks[0].process, 'exit');
    void rig.balancer.deregister('killed');
    const load = startLoad(rig.port, 4);
    await load.whenAnswered(100);
    await load.stop();
    expect(load.answers.every((answer) => answer === 200)).toBe(true);
    expect(rig.balancer.takeMetrics()).toMatchObject({ elb502: 5, elb5xx: 5, elb4xx: 0 });
    tasks[1].process.kill('SIGKILL');
    const answers = await Promise.all(slow);
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 502 '))).toHaveLength(10);
  });

  test('counts every failure that clients see when a task is killed under load, and all are 502', async () => {
    const rig = await startRig();
    const tasks = [await startTask(), await startTask()] as const;
    await rig.register('killed', tasks[0].port);
    await rig.register('kept', tasks[1].port);
    const load = startLoad(rig.port, 16);
    await load.whenAnswered(200);
    const exited = once(tasks[0].process, 'exit').then(() => void rig.balancer.deregister('killed'));
    tasks[0].process.kill('SIGKILL');
    await exited;
    await load.whenAnswered(load.answers.length + 200);
    await load.stop();
    const failed = load.answers.filter((answer) => answer !== 200);
    expect(new Set(failed)).toEqual(failed.length === 0 ? new Set() : new Set([502]));
    const { elb502, elb5xx, elb4xx } = rig.balancer.takeMetrics();
    expect({ elb502, elb5xx, elb4xx }).toEqual({ elb502: failed.length, elb5xx: failed.length, elb4xx: 0 });
  });

  test('takes a target out of rotation while its checks fail, and fails open when all do', async () => {
    const rig = await startRig({
      speed: 100,
      healthCheck: { intervalSeconds: 5, timeoutSeconds: 2, unhealthyThreshold: 2, healthyThreshold: 2 },
    });
    const healthy = new Map([
      ['a', true],
      ['b', true],
    ]);
    for (const id of healthy.keys())
      await rig.rawTarget(
        id,
        (socket) => socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n${id}`),
        () => healthy.get(id) === true,
      );
    const servers = async (): Promise<string> => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => send(rig.port)));
      return [...new Set(answers.map(({ body }) => body.toString()))].sort().join('');
    };
    healthy.set('a', false);
    await rig.when(() => rig.stateOf('a') === 'unhealthy');
    expect(await servers()).toBe('b');
    expect(rig.balancer.targets()[0]).toMatchObject({
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [500]',
    });
    healthy.set('b', false);
    await rig.when(() => rig.stateOf('b') === 'unhealthy');
    expect(await servers()).toBe('ab');
    healthy.set('a', true);
    await rig.when(() => rig.stateOf('a') === 'healthy');
    expect(await servers()).toBe('a');
  });

  test('says why it cannot listen', async () => {
    const rig = await startRig();
    const other = new Rig({});
    const listening = other.balancer.listen({ host: '127.0.0.1', port: rig.port });
    await expect(listening).rejects.toThrow(ListenError);
    await expect(listening).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(listening).rejects.toThrow(
      `cannot listen on 127.0.0.1:${rig.port}: another program listens there`,
    );
    await other.close();
  });

  test('ends its connections when it closes', async () => {
    const rig = await startRig();
    const arrived = new Promise<void>((resolve) => void rig.target('slow', () => resolve()));
    await rig.when(() => rig.stateOf('slow') === 'healthy');
    const answer = rig.talk(get);
    await arrived;
    await rig.close();
    expect(await answer).toBe('');
  });
});
