import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, presetInput, resolveEnvironment } from '@tideline/config';
import { ScaledClock } from '../src/clock/scaled-clock.ts';
import { type TwinBalancer, createTwinBalancer } from '../src/twin-balancer.ts';
import { send } from './balancer-rig.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type IngressInput = Omit<Extract<EnvironmentInput['ingress'], { kind: 'api-gateway' }>, 'kind'>;

/** A target of its own behind a balancer behind an HTTP API, all in this process. */
async function start(ingress: IngressInput): Promise<TwinBalancer & { readonly port: number }> {
  const environment = resolveEnvironment({
    ...presetInput('blue-green'),
    ingress: { ...ingress, kind: 'api-gateway', stage: 'dev' },
  });
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', 'https://target.example');
    if (request.url !== '/dev/hang') response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const clock = new ScaledClock({ speed: 1 });
  cleanups.push(() => clock.stop());
  let noteHealthy: () => void = () => undefined;
  const healthy = new Promise<void>((resolve) => (noteHealthy = resolve));
  const onEvent = (event: { readonly type: string; readonly to?: unknown }): void => {
    if (event.type === 'target-state' && event.to === 'healthy') noteHealthy();
  };
  const twin = createTwinBalancer(environment, { clock, onEvent });
  const { port } = await twin.balancer.listen({ host: '127.0.0.1', port: 0 });
  cleanups.push(() => twin.balancer.close());
  const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  twin.registry.register({ ...target, id: 'target', availabilityZone: 'a' });
  await healthy;
  return { ...twin, port };
}

function oneConnection(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cleanups.push(() => agent.destroy());
  return agent;
}

describe('behind an HTTP API', () => {
  test('requests above the burst get 429, on a connection that goes on', async () => {
    const { port, balancer, ingressCounts } = await start({
      throttling: { burstLimit: 2, rateLimitPerSecond: 0.001 },
    });
    const agent = oneConnection();
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push(await send(port, { agent, path: '/dev/x' }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(answers[2]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(String(answers[2]?.body))).toEqual({ message: 'Too Many Requests' });
    expect(ingressCounts?.()).toEqual({ count: 4, throttled: 2, notFound: 0, timedOut: 0 });
    expect(balancer.snapshot().requestsByTarget).toEqual(new Map([['target', 2]]));
  });

  test('a request that hangs gets 503 when the API has waited long enough, and its connection goes on', async () => {
    const { port, ingressCounts } = await start({ timeoutSeconds: 1 });
    const agent = oneConnection();
    const hung = await send(port, { agent, path: '/dev/hang' });
    expect([hung.status, JSON.parse(String(hung.body))]).toEqual([503, { message: 'Service Unavailable' }]);
    expect((await send(port, { agent, path: '/dev/x' })).status).toBe(200);
    expect(ingressCounts?.()).toMatchObject({ count: 2, timedOut: 1 });
  });

  test('pages of an allowed origin may ask and read, and no word of the target counts', async () => {
    const { port, balancer } = await start({ cors: { allowOrigins: ['https://shop.example'] } });
    const from = (origin: string) => ({ origin, 'access-control-request-method': 'GET' });
    const ask = (method: string, origin: string) =>
      send(port, { path: '/dev/x', method, headers: from(origin) });
    const preflight = await ask('OPTIONS', 'https://shop.example');
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-methods']).toBe('GET');
    expect(balancer.snapshot().requestsByTarget).toEqual(new Map());
    const read = async (origin: string) => (await ask('GET', origin)).headers['access-control-allow-origin'];
    expect(await read('https://shop.example')).toBe('https://shop.example');
    expect(await read('https://other.example')).toBeUndefined();
  });
});
