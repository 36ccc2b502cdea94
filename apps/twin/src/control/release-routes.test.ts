import { expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { ReleaseRig } from '../../test/release-rig.ts';
import { problemResponse } from './control-problem.ts';
import { addReleaseRoutes, releaseRoutes } from './release-routes.ts';

async function api() {
  const rig = await ReleaseRig.steady();
  const app = new Hono();
  app.onError((error, context) => problemResponse(context, error));
  const balancer = {
    targets: () => [],
    faultCosts: () => [],
    snapshot: () => {
      throw new Error('nobody asks for it');
    },
  };
  addReleaseRoutes(app, rig.service, {
    balancer,
    versionTraffic: () => ({ '1': { requests: 10, failed: 0 } }),
  });
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return { rig, send };
}

test('a deployment is started, followed, and stopped once', async () => {
  const { rig, send } = await api();
  expect(await send('POST', '/deployments', { version: '2' })).toMatchObject({
    status: 202,
    body: { status: 'InProgress', to: { version: '2', variables: {} } },
  });
  expect((await send('POST', '/deployments', { version: '3' })).status).toBe(409);
  expect(await send('DELETE', '/deployments')).toMatchObject({ status: 200, body: { status: 'Stopped' } });
  expect((await send('DELETE', '/deployments')).status).toBe(409);
  await rig.clock.advance(120);
  expect(await send('GET', '/deployments')).toMatchObject({ body: [{ error: { code: 'MANUAL_STOP' } }] });
});

test('requests are listed by version', async () => {
  const { send } = await api();
  expect((await send('GET', '/versions')).body).toEqual({ '1': { requests: 10, failed: 0 } });
});

test('every route is listed once', () => {
  const routes = releaseRoutes.map(([method, path]) => `${method} ${path}`);
  expect(new Set(routes).size).toBe(routes.length);
});
