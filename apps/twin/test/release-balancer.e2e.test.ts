import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { ScaledClock } from '../src/clock/scaled-clock.ts';
import { type ReleaseBalancer, createReleaseBalancer } from '../src/release/release-balancer.ts';
import { send } from './balancer-rig.ts';
import { eventually } from './eventually.ts';

const host = '127.0.0.1';
const environment = resolveEnvironment({ preset: 'test', compute: { kind: 'fargate' } });

let clock: ScaledClock;
let balancer: ReleaseBalancer;
let port = 0;
let endTarget: () => void;

/** A target of the group green, which all the traffic goes to, that serves its requests as told. */
async function green(serve: (socket: Socket) => unknown): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (chunk: Buffer) => {
      if (chunk.toString('latin1').startsWith('GET /health '))
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else serve(socket);
    });
  });
  endTarget = () => server.close();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const target = { id: 'g', host, port: (server.address() as AddressInfo).port, availabilityZone: 'a' };
  balancer.groups.green.register(target);
  balancer.ledger.assign('g', '2');
  await eventually(
    () => Promise.resolve(balancer.targets()),
    ([first]) => first?.state === 'healthy',
  );
}
const counted = () => {
  const { requests, answers, errors } = balancer.answers.green.take();
  const { requestsByTarget } = balancer.snapshot();
  return { requests, answers, errors, failed: balancer.ledger.totals(requestsByTarget)['2']?.failed };
};

beforeEach(async () => {
  clock = new ScaledClock({ speed: 60 });
  balancer = createReleaseBalancer({
    loadBalancer: { ...environment.loadBalancer, idleTimeoutSeconds: 1, deregistrationDelaySeconds: 0 },
    healthCheck: environment.healthCheck,
    assumptions: environment.assumptions,
    clock,
    random: () => 0.5,
  });
  ({ port } = await balancer.listen({ host, port: 0 }));
  balancer.traffic.shift({ blue: 0, green: 100 });
});
afterEach(async () => {
  await balancer.close();
  clock.stop();
  endTarget();
});

test('a connection that is reset is an error of its group and its version', async () => {
  await green((socket) => socket.destroy());
  expect((await send(port)).status).toBe(502);
  expect(counted()).toEqual({ requests: 1, answers: 0, errors: 1, failed: 1 });
});

test('a request that hangs is one when the idle timeout has ended it', async () => {
  await green(() => undefined);
  expect((await send(port)).status).toBe(504);
  expect(counted()).toEqual({ requests: 1, answers: 0, errors: 1, failed: 1 });
});

test('an answer that breaks off is one, and the same request', async () => {
  await green((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'));
  await expect(send(port)).rejects.toThrow();
  expect(counted()).toEqual({ requests: 1, answers: 1, errors: 1, failed: 1 });
});

test('a request for a group whose targets have all gone is one, of no version', async () => {
  await green((socket) => socket.destroy());
  await balancer.groups.green.deregister('g');
  expect((await send(port)).status).toBe(503);
  expect(counted()).toEqual({ requests: 1, answers: 0, errors: 1, failed: 0 });
});

test('a request that outlives its target’s deregistration is still its group’s', async () => {
  let cut: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    void green((socket) => {
      cut = () => socket.destroy();
      resolve();
    });
  });
  await eventually(
    () => Promise.resolve(balancer.targets()),
    ([first]) => first?.state === 'healthy',
  );
  const answer = send(port);
  await arrived;
  await balancer.groups.green.deregister('g');
  cut();
  expect((await answer).status).toBe(502);
  expect(counted()).toEqual({ requests: 1, answers: 0, errors: 1, failed: 1 });
});

test('a client that leaves is nobody’s error', async () => {
  let left: () => void = () => undefined;
  let came: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (left = resolve));
  const arrived = new Promise<void>((resolve) => (came = resolve));
  await green((socket) => {
    socket.once('close', () => left());
    came();
  });
  const leaving = new AbortController();
  const asked = fetch(`http://${host}:${port}/`, { signal: leaving.signal }).catch(() => 'left');
  await arrived;
  leaving.abort();
  expect(await asked).toBe('left');
  await gone;
  expect(counted()).toEqual({ requests: 0, answers: 0, errors: 0, failed: 0 });
});

test('a client’s own mistake is nobody’s error', async () => {
  await green(() => undefined);
  const client = connect({ host, port }).setEncoding('utf8');
  client.write('POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n');
  const [answer] = (await once(client, 'data')) as [string];
  client.destroy();
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(counted()).toEqual({ requests: 0, answers: 0, errors: 0, failed: 0 });
});

test('what the test listener loses at a dead target is no cost to clients', async () => {
  await green((socket) => socket.destroy());
  balancer.testWith('green');
  balancer.groups.green.lose('g', { fault: 'task-exit', onPurpose: true });
  const lost = () => balancer.faultCosts().map(({ lost: kinds }) => kinds);
  expect((await send(balancer.testListener.port)).status).toBe(502);
  expect(lost()).toEqual([{}]);
  expect((await send(port)).status).toBe(502);
  expect(lost()).toEqual([{ 'http-502': 1 }]);
});
