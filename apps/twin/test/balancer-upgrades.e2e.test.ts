import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { Rig, send } from './balancer-rig.ts';
import { echoSocket, openSocket, textFrame } from './echo-socket.ts';

const handshake =
  'GET /socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: c2l4dGVlbiBieXRlcyBvaw==\r\nSec-WebSocket-Version: 13\r\n\r\n';

let rig: Rig;
afterEach(() => rig.close());

/** The next `length` bytes. */
async function read(socket: Duplex, length: number): Promise<string> {
  let text = '';
  while (text.length < length) text += String(((await once(socket, 'data')) as [Buffer])[0]);
  return text;
}

async function startEcho(options: ConstructorParameters<typeof Rig>[0] = {}): Promise<void> {
  rig = await new Rig(options).start();
  const { server } = await rig.target('echo', (_, response) => response.end('plain'));
  server.on('upgrade', echoSocket);
}

describe('a WebSocket through the balancer', () => {
  test('opens by Node’s client, carries frames both ways and closes with its close frame', async () => {
    await startEcho();
    const { socket, accepted } = await openSocket(rig.port);
    expect(accepted).toBe(true);
    for (const text of ['one', 'two', 'three']) {
      socket.write(textFrame(text));
      expect(await read(socket, text.length + 2)).toBe(
        `\x81${String.fromCharCode(text.length)}${text}`.replace('\x81', '\ufffd'),
      );
    }
    expect(rig.balancer.targets()).toMatchObject([{ requestsInFlight: 1 }]);
    // The client’s connection, and the one to the target.
    expect(rig.balancer.snapshot()).toMatchObject({ newConnections: 2, activeConnections: 2 });
    const closed = once(socket, 'close');
    socket.write(Buffer.from([0x88, 0x80, 0, 0, 0, 0]));
    socket.resume();
    await closed;
    await send(rig.port);
    expect(rig.balancer.snapshot()).toMatchObject({
      requests: 2,
      target2xx: 1,
      elb4xx: 0,
      elb5xx: 0,
      clientAborts: 0,
    });
    expect(rig.balancer.targets()).toMatchObject([{ requestsInFlight: 0 }]);
  });

  test('passes on what a raw client sends with its handshake, byte by byte or ahead of the answer', async () => {
    await startEcho();
    const bytes = Buffer.concat([Buffer.from(handshake), textFrame('ahead'), textFrame('of it')]);
    for (const pieces of [[bytes], [...bytes].map((byte) => Buffer.from([byte]))]) {
      const received = await rig.talk(pieces, (text) => text.includes('of it'));
      expect(received).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
      expect(received).toMatch(/\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n/i);
      expect(received).toContain('ahead');
    }
  });

  test('is a request like any other where the target declines', async () => {
    rig = await new Rig({}).start();
    await rig.target('plain', (_, response) => response.end('plain'));
    const received = await rig.talk(handshake + handshake.replace('Upgrade\r\nUpgrade: websocket', 'close'));
    expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });

  test('a protocol that the client has not offered is 502', async () => {
    rig = await new Rig({}).start();
    await rig.rawTarget('other', (socket) =>
      socket.write('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n'),
    );
    expect(await rig.talk(handshake, (text) => text.includes('</html>'))).toMatch(/^HTTP\/1\.1 502 /);
  });

  test('goes to the new target once the old one drains, and is closed when its deregistration delay ends', async () => {
    await startEcho({ loadBalancer: { deregistrationDelaySeconds: 0.5 } });
    const { socket } = await openSocket(rig.port);
    const { server } = await rig.target('next', (_, response) => response.end('next'));
    server.on('upgrade', echoSocket);
    const closed = once(socket, 'close');
    const drained = rig.balancer.deregister('echo');
    socket.write(textFrame('draining'));
    expect(await read(socket, 10)).toContain('draining');
    const { socket: second } = await openSocket(rig.port);
    socket.resume();
    await drained;
    await closed;
    second.write(textFrame('lives'));
    expect(await read(second, 7)).toContain('lives');
    second.destroy();
    expect(rig.balancer.snapshot()).toMatchObject({
      elb5xx: 0,
      requestsByTarget: new Map([
        ['echo', 1],
        ['next', 1],
      ]),
    });
  });

  test('is closed by the idle timeout, which its frames in either direction put off', async () => {
    rig = await new Rig({ loadBalancer: { idleTimeoutSeconds: 0.4 } }).start();
    let target: Duplex | undefined;
    const { server } = await rig.target('quiet', (_, response) => response.end());
    server.on('upgrade', (request, socket, first) => {
      target = socket;
      echoSocket(request, socket, first);
    });
    const { socket } = await openSocket(rig.port);
    const openedAt = performance.now();
    let frames = 0;
    const talk = setInterval(() => {
      if (++frames > 6) clearInterval(talk);
      else target?.write(Buffer.from([0x81, 1, 0x61]));
    }, 100);
    socket.resume();
    await once(socket, 'close');
    expect(performance.now() - openedAt).toBeGreaterThan(900);
    expect(rig.balancer.snapshot()).toMatchObject({ elb4xx: 0, elb5xx: 0 });
  });

  test('ends on both sides when either breaks off', async () => {
    await startEcho();
    const { socket } = await openSocket(rig.port);
    let target: Duplex | undefined;
    const { server } = await rig.target('other', (_, response) => response.end());
    const targetClosed = new Promise<void>((resolve) => {
      server.on('upgrade', (request, upgraded, first) => {
        target = upgraded;
        echoSocket(request, upgraded, first);
        upgraded.on('close', () => resolve());
      });
    });
    void rig.balancer.deregister('echo');
    const second = (await openSocket(rig.port)).socket;
    second.destroy();
    await targetClosed;
    const third = (await openSocket(rig.port)).socket;
    third.resume();
    const thirdClosed = once(third, 'close');
    target?.destroy();
    await thirdClosed;
    socket.destroy();
  });

  test('holds back a side that is faster than the other reads', async () => {
    rig = await new Rig({}).start();
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    let sent = 0;
    const { server } = await rig.target('fast', (_, response) => response.end());
    server.on('upgrade', (_, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      const more = (): void => {
        while (sent < 64) {
          sent++;
          if (!socket.write(megabyte)) return void socket.once('drain', more);
        }
        socket.end();
      };
      more();
    });
    const { socket } = await openSocket(rig.port);
    for (let turn = 0; turn < 100; turn++) await send(rig.port);
    expect(sent).toBeLessThan(48);
    let received = 0;
    socket.on('data', (chunk: Buffer) => (received += chunk.length));
    await once(socket, 'close');
    expect(received).toBe(64 * megabyte.length);
  });
});

describe('a client’s time', () => {
  beforeEach(async () => {
    rig = await new Rig({
      loadBalancer: { idleTimeoutSeconds: 5, clientKeepAliveSeconds: 0.3 },
      assumptions: { requestHeadSeconds: 0.3 },
    }).start();
    await rig.target('target', (_, response) => response.end('served'));
  });

  test('is bounded for a head, however steadily its bytes arrive', async () => {
    const slow = await rig.connect();
    slow.write('GET / HTTP/1.1\r\nHost: a\r\nX: ');
    const drip = setInterval(() => slow.write('x'), 20);
    const received = await read(slow, 20);
    clearInterval(drip);
    slow.destroy();
    expect(received).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(rig.balancer.takeMetrics()).toMatchObject({ requests: 0, elb4xx: 1 });
  });

  test('is bounded for a connection, which closes behind the answer to the next request', async () => {
    const client = await rig.connect();
    const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    let received = '';
    client.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      if (received.endsWith('served')) client.write(get);
    });
    client.write(get);
    await once(client, 'close');
    const answers = received.match(/HTTP\/1\.1 200 OK/g) ?? [];
    expect(answers.length).toBeGreaterThan(1);
    expect(received.match(/\r\nConnection: close\r\n/g)).toHaveLength(1);
    expect(received).toMatch(/\r\nConnection: close\r\n[^]*served$/);
  });
});
