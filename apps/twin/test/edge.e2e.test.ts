import { type IncomingMessage, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, presetInput, resolveEnvironment } from '@tideline/config';
import { ScaledClock } from '../src/clock/scaled-clock.ts';
import { createBalancer } from '../src/balancer/balancer.ts';
import { OriginGuard } from '../src/edge/origin-guard.ts';
import { createTwinBalancer } from '../src/twin-balancer.ts';

const host = '127.0.0.1';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Cloud time that stands still until a test moves it, on timers that run: health checks go on by it. */
class SteppedClock extends ScaledClock {
  #ahead = 0;

  override now(): number {
    return super.now() + this.#ahead;
  }

  step(seconds: number): void {
    this.#ahead += seconds;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One request from an address of this machine’s own. */
const ask = (
  port: number,
  path: string,
  { from = host, headers = {} }: { readonly from?: string; readonly headers?: Record<string, string> } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ host, port, path, headers, localAddress: from, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });

/** A target that says what it was asked, behind a balancer with what the description puts in front. */
async function start(front: Pick<Partial<EnvironmentInput>, 'cdn' | 'waf'>) {
  const asked: IncomingMessage[] = [];
  const server = createServer((incoming, response) => {
    if (incoming.url !== '/health') asked.push(incoming);
    const isAsset = incoming.url?.startsWith('/assets/') === true;
    response.setHeader('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-store');
    response.statusCode = incoming.url === '/assets/gone.css' ? 404 : 200;
    response.end(`${incoming.url ?? ''} of request ${asked.length}`);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const clock = new SteppedClock({ speed: 1 });
  cleanups.push(() => clock.stop());
  const environment = resolveEnvironment({ ...presetInput('load-driven'), ...front });
  let noteHealthy: () => void = () => undefined;
  const healthy = new Promise<void>((resolve) => (noteHealthy = resolve));
  const twin = createTwinBalancer(environment, {
    clock,
    onEvent: (event) => {
      if (event.type === 'target-state' && event.to === 'healthy') noteHealthy();
    },
  });
  const { port } = await twin.balancer.listen({ host, port: 0 });
  cleanups.push(() => twin.balancer.close());
  const target = { host, port: (server.address() as AddressInfo).port };
  twin.registry.register({ ...target, id: 'target', availabilityZone: 'a' });
  await healthy;
  return { port, asked, clock };
}

const waf = { enabled: true, requestsPerWindowPerAddress: 10, evaluationWindowSeconds: 60 } as const;
const cdn = { enabled: true };
/** Only Linux has every address of 127.0.0.0/8 without being told. */
const testOnLinux = process.platform === 'linux' ? test : test.skip;

describe.each([
  ['in front of CloudFront', { cdn, waf }],
  ['in front of the balancer', { waf }],
] as const)('a firewall %s', (_place, front) => {
  testOnLinux('limits a client alone, whatever it forwards, and another not', async () => {
    const { port, clock } = await start(front);
    const statuses = async (from: string, count: number): Promise<readonly number[]> => {
      const answers = [];
      for (let sent = 0; sent < count; sent++)
        answers.push(await ask(port, '/', { from, headers: { 'x-forwarded-for': `10.0.0.${sent}` } }));
      return answers.map(({ status }) => status);
    };
    expect(new Set(await statuses('127.0.0.2', 11))).toEqual(new Set([200]));
    expect(new Set(await statuses('127.0.0.3', 10))).toEqual(new Set([200]));
    clock.step(10);
    expect(await statuses('127.0.0.2', 3)).toEqual([403, 403, 403]);
    expect(await statuses('127.0.0.3', 1)).toEqual([200]);
    clock.step(70);
    expect(await statuses('127.0.0.2', 1)).toEqual([200]);
  });
});

describe('CloudFront', () => {
  test('keeps an asset by its path, without cookie and query, and asks for every page', async () => {
    const { port, asked } = await start({ cdn });
    const headers = { cookie: 'session=1' };
    const first = await ask(port, '/assets/style.css?a=1', { headers });
    const second = await ask(port, '/assets/style.css?b=2', { headers });
    expect([first.headers['x-cache'], second.headers['x-cache']]).toEqual([
      'Miss from cloudfront',
      'Hit from cloudfront',
    ]);
    expect(second.body).toBe(first.body);
    expect(second.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const pages = [await ask(port, '/?a=1', { headers }), await ask(port, '/?a=1', { headers })];
    expect(pages.map(({ body }) => body)).toEqual(['/?a=1 of request 2', '/?a=1 of request 3']);
    expect(asked.map(({ url }) => url)).toEqual(['/assets/style.css', '/?a=1', '/?a=1']);
    expect(asked.map((request) => request.headers.cookie)).toEqual([undefined, 'session=1', 'session=1']);
  });

  test('keeps no error', async () => {
    const { port, asked } = await start({ cdn });
    const answers = [await ask(port, '/assets/gone.css'), await ask(port, '/assets/gone.css')];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(asked).toHaveLength(2);
  });

  test('names its client behind whatever that forwarded, and shows the balancer its own secret', async () => {
    const { port, asked } = await start({ cdn });
    const headers = { 'x-forwarded-for': '203.0.113.7', 'x-origin-verify': 'guessed' };
    expect((await ask(port, '/', { headers })).status).toBe(200);
    expect(asked[0]?.headers['x-forwarded-for']).toBe('203.0.113.7, 127.0.0.1, 127.0.0.1');
    expect(asked[0]?.headers['x-origin-verify']).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('a balancer behind CloudFront refuses what does not show the secret', async () => {
  const { loadBalancer, healthCheck, assumptions } = resolveEnvironment(presetInput('load-driven'));
  const clock = new ScaledClock({ speed: 1 });
  const entry = new OriginGuard('the secret');
  const balancer = createBalancer({ loadBalancer, healthCheck, assumptions, clock, entry });
  cleanups.push(
    () => balancer.close(),
    () => clock.stop(),
  );
  const { port } = await balancer.listen({ host, port: 0 });
  expect(await ask(port, '/')).toMatchObject({
    status: 403,
    body: 'This balancer answers to its CloudFront distribution alone.',
  });
  const headers = { 'x-origin-verify': 'the secre' };
  expect((await ask(port, '/', { headers })).status).toBe(403);
  // Nothing is registered: that is what a request gets that is let through.
  const secret = { 'x-origin-verify': 'the secret' };
  expect((await ask(port, '/', { headers: secret })).status).toBe(503);
});
