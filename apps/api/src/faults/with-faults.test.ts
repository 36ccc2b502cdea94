import { describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { readConfig } from '../config.ts';
import { json } from '../http/reply.ts';
import type { ApiEnv, Route } from '../http/route.ts';
import type { Faults } from './fault-variables.ts';
import { withFaults } from './with-faults.ts';

const route = (path: Route['path']): Route => ({
  method: 'GET',
  path,
  operationId: 'get',
  summary: 'A route.',
  responses: [],
  problems: [],
  handle: () => json({}),
});
const waits: number[] = [];
const delay = (ms: number): Promise<void> => {
  waits.push(ms);
  return Promise.resolve();
};
const none: Faults = { errorPercent: 0, resetPercent: 0, delayMs: 0, failsHealth: false };

async function statuses(
  path: Route['path'],
  faults: Faults,
  { requests = 1, bindings = {} }: { readonly requests?: number; readonly bindings?: object } = {},
): Promise<readonly number[]> {
  const [faulty] = withFaults([route(path)], { faults, delay });
  if (faulty === undefined) throw new Error('there is one route');
  const input = { params: undefined, query: undefined, body: undefined };
  const app = new Hono<ApiEnv>().get(path, async (context) => {
    const reply = await faulty.handle(input, context);
    return new Response(null, { status: 'problem' in reply ? reply.problem.status : reply.status });
  });
  const answered = [];
  for (let request = 0; request < requests; request += 1)
    answered.push((await app.request(path, {}, bindings)).status);
  return answered;
}

describe('faults', () => {
  test('of 10 percent fail every tenth request', async () => {
    const answered = await statuses('/', { ...none, errorPercent: 10 }, { requests: 40 });
    expect(answered.flatMap((status, index) => (status === 500 ? [index + 1] : []))).toEqual([
      10, 20, 30, 40,
    ]);
  });

  test('of 10 percent resets cut the connection of every tenth request', async () => {
    let cuts = 0;
    const bindings = { incoming: { socket: { destroy: () => (cuts += 1) } } };
    await statuses('/', { ...none, resetPercent: 10 }, { requests: 39, bindings });
    expect(cuts).toBe(3);
  });

  test('of errors, resets and delay leave health checks alone', async () => {
    const bindings = {
      incoming: {
        socket: {
          destroy: () => {
            throw new Error('cut');
          },
        },
      },
    };
    const faults = { ...none, errorPercent: 100, resetPercent: 100, delayMs: 5 };
    expect(await statuses('/health', faults, { bindings })).toEqual([200]);
    expect(waits).toEqual([]);
  });

  test('of health fail health checks alone', async () => {
    expect(await statuses('/health', { ...none, failsHealth: true })).toEqual([500]);
    expect(await statuses('/', { ...none, failsHealth: true })).toEqual([200]);
  });

  test('of delay make every answer wait', async () => {
    expect(await statuses('/', { ...none, delayMs: 250 })).toEqual([200]);
    expect(waits).toEqual([250]);
  });

  test('that nobody asks for leave the routes as they are', () => {
    const routes = [route('/')];
    expect(withFaults(routes, { faults: undefined, delay })).toBe(routes);
  });
});

describe('the configuration', () => {
  test('refuses a fault that is not allowed', () => {
    expect(readConfig({ FAULT_ERROR_PERCENT: '10' })).toEqual({
      ok: false,
      problems: [
        'FAULTS_ALLOWED is not true, but a FAULT_ variable asks for a fault; unset it, or set FAULTS_ALLOWED=true where a bad release is wanted',
      ],
    });
  });

  test('takes one that is', () => {
    const result = readConfig({ FAULTS_ALLOWED: 'true', FAULT_ERROR_PERCENT: '10' });
    expect(result.ok && result.config.faults).toEqual({ ...none, errorPercent: 10 });
  });

  test('has none by default', () => {
    const result = readConfig({});
    expect(result.ok && result.config.faults).toBeUndefined();
  });
});
