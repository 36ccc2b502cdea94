import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { Rig, send } from './balancer-rig.ts';
import { echoSocket, openSocket } from './echo-socket.ts';

const crash = { fault: 'task-exit', onPurpose: true } as const;
const zoneLoss = { fault: 'zone-loss', onPurpose: true } as const;

let rig: Rig;
afterEach(() => rig.close());

/** How long something took, milliseconds. */
async function timed<T>(work: Promise<T>): Promise<{ readonly result: T; readonly tookMs: number }> {
  const startedAt = performance.now();
  const result = await work;
  return { result, tookMs: performance.now() - startedAt };
}

describe('a request to a target whose process has ended', () => {
  test('gets 502 at once, on a kept connection and on a new one, though another process has its port', async () => {
    rig = await new Rig({}).start();
    const target = await rig.target('dead', (_, response) => response.end('alive'));
    const agent = new Agent({ keepAlive: true });
    expect((await send(rig.port, { agent })).status).toBe(200);
    rig.balancer.lose('dead', crash);
    const answers = [
      await send(rig.port, { agent }),
      await send(rig.port),
      // The balancer retries nothing, whatever the method.
      await send(rig.port, { method: 'PUT', body: 'x' }),
    ];
    agent.destroy();
    expect(answers.map(({ status }) => status)).toEqual([502, 502, 502]);
    expect(target.connections()).toBe(1);
    expect(rig.balancer.faultCosts()).toEqual([
      { fault: 'task-exit', onPurpose: true, targets: 1, lost: { 'http-502': 3 } },
    ]);
    expect(rig.balancer.snapshot()).toMatchObject({ elb502: 3, elb5xx: 3, targetConnectionErrors: 3 });
  });

  test('that has closed a WebSocket loses it, counted', async () => {
    rig = await new Rig({}).start();
    const { server } = await rig.target('echo', (_, response) => response.end());
    server.on('upgrade', echoSocket);
    let cut = (): void => undefined;
    server.on('upgrade', (_, socket) => (cut = () => socket.destroy()));
    const { socket } = await openSocket(rig.port);
    const closed = once(socket.resume(), 'close');
    rig.balancer.lose('echo', crash);
    cut();
    await closed;
    expect(rig.balancer.faultCosts()).toMatchObject([{ lost: { websocket: 1 } }]);
  });
});

describe('a request to a target whose host has gone', () => {
  test('gets 504: after the idle timeout where a connection was open, after 10 s where none was', async () => {
    rig = await new Rig({ loadBalancer: { idleTimeoutSeconds: 2 } }).start();
    let arrived = (): void => undefined;
    const inFlight = new Promise<void>((resolve) => (arrived = resolve));
    const { server } = await rig.target('gone', (incoming, response) => {
      if (incoming.url === '/slow') arrived();
      else response.end('alive');
    });
    server.on('upgrade', echoSocket);
    const { socket } = await openSocket(rig.port);
    const closed = timed(once(socket.resume(), 'close'));
    const slow = timed(send(rig.port, { path: '/slow' }));
    await inFlight;
    expect((await send(rig.port)).status).toBe(200);

    rig.balancer.lose('gone', zoneLoss);
    server.closeAllConnections();
    const kept = timed(send(rig.port));
    const fresh = timed(send(rig.port));
    const impatient = rig.talk('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const outcomes = await Promise.all([slow, kept, fresh]);
    expect(outcomes.map(({ result }) => result.status)).toEqual([504, 504, 504]);
    const [slowMs, keptMs, freshMs] = outcomes.map(({ tookMs }) => tookMs);
    expect(slowMs).toBeGreaterThan(1500);
    expect(keptMs).toBeGreaterThan(1500);
    expect(keptMs).toBeLessThan(8000);
    expect(freshMs).toBeGreaterThan(9900);
    expect((await closed).tookMs).toBeGreaterThan(1500);
    expect(await impatient).toMatch(/^HTTP\/1\.1 504 /);
    expect(rig.balancer.faultCosts()).toEqual([
      { fault: 'zone-loss', onPurpose: true, targets: 1, lost: { websocket: 1, 'http-504': 4 } },
    ]);
    expect(rig.balancer.snapshot()).toMatchObject({ elb504: 4, elb5xx: 4, activeConnections: 1 });
  }, 30_000);

  test('whose client does not wait that long is counted as the client saw it', async () => {
    rig = await new Rig({}).start();
    await rig.target('gone', (_, response) => response.end('alive'));
    rig.balancer.lose('gone', zoneLoss);
    const client = await rig.connect();
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await rig.when(() => rig.balancer.targets()[0]?.requestsInFlight === 1 || rig.events.length > 0);
    client.destroy();
    await rig.when(() => rig.events.some((event) => event.type === 'request-failed'));
    expect(rig.balancer.faultCosts()).toMatchObject([{ lost: { timeout: 1 } }]);
  });
});
