import { describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { AutoScalingGroupRig, startSeconds } from '../../test/auto-scaling-group-rig.ts';
import { problemResponse } from './control-problem.ts';
import { addAutoScalingGroupRoutes, autoScalingGroupRoutes } from './auto-scaling-group-routes.ts';

async function rig() {
  const group = await AutoScalingGroupRig.warm();
  const app = new Hono();
  app.onError((error, context) => problemResponse(context, error));
  addAutoScalingGroupRoutes(app, group.group, group.targets);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  return { group, app, call };
}

describe('routes of a group', () => {
  test('are all listed, and no other', async () => {
    const { app } = await rig();
    const registered = app.routes.map(({ method, path }) => `${method} ${path}`);
    expect(registered).toEqual(autoScalingGroupRoutes.map(([method, path]) => `${method} ${path}`));
  });

  test('GET /instances describes each instance', async () => {
    const { call } = await rig();
    const about = { state: 'InService', version: '1', templateVersion: 1, health: 'healthy', warm: true };
    const free = { protectedFromScaleIn: false };
    expect((await call('GET', '/instances')).json).toEqual([
      { ...about, ...free, id: 'i1', availabilityZone: 'us-east-1a', launchedAtSeconds: 0 },
      { ...about, ...free, id: 'i2', availabilityZone: 'us-east-1b', launchedAtSeconds: 0 },
    ]);
  });

  test('protect an instance from scale-in, and take that off', async () => {
    const { call, group } = await rig();
    expect((await call('PUT', '/instances/i1/scale-in-protection')).status).toBe(204);
    expect(group.group.isProtected(group.group.instance('i1')!)).toBe(true);
    group.group.setDesired(1);
    await group.clock.advance(120);
    expect(group.ids()).toEqual(['i1']);
    expect((await call('DELETE', '/instances/i1/scale-in-protection')).status).toBe(204);
    expect(group.group.isProtected(group.group.instance('i1')!)).toBe(false);
  });

  test('terminate, kill and freeze an instance', async () => {
    const { call, group } = await rig();
    expect((await call('DELETE', '/instances/i1')).status).toBe(204);
    expect((await call('POST', '/instances/i2/freeze')).status).toBe(204);
    expect(group.runtime.of('i2').signals).toEqual(['SIGSTOP']);
    expect(await call('POST', '/instances/i2/kill')).toEqual({ status: 200, json: { requestsInFlight: 0 } });
    await group.clock.advance(120 + startSeconds + 5);
    expect(group.versions()).toHaveLength(2);
    expect(group.ids()).toEqual(['i3', 'i4']);
  });

  test('name the instances there are when one is unknown, and refuse to freeze one without a process', async () => {
    const { call, group } = await rig();
    expect(await call('POST', '/instances/nobody/kill')).toMatchObject({
      status: 404,
      json: { detail: 'unknown instance "nobody"; known now: i1, i2' },
    });
    group.group.setDesired(3);
    await group.clock.advance(1);
    expect(await call('POST', '/instances/i3/freeze')).toMatchObject({
      status: 409,
      json: { detail: 'instance "i3" is Pending and has no process yet; try again later' },
    });
  });

  test('start, refuse and cancel an instance refresh', async () => {
    const { call } = await rig();
    expect(await call('DELETE', '/instance-refreshes')).toMatchObject({ status: 409 });
    expect(await call('POST', '/instance-refreshes', { version: '' })).toMatchObject({ status: 400 });
    expect(await call('POST', '/instance-refreshes', { version: '2' })).toMatchObject({
      status: 202,
      json: { instanceRefreshId: 'refresh-0001', status: 'InProgress', template: { revision: 2 } },
    });
    expect(await call('POST', '/instance-refreshes', { version: '3' })).toMatchObject({ status: 409 });
    expect(await call('DELETE', '/instance-refreshes')).toMatchObject({
      status: 200,
      json: { status: 'Cancelled' },
    });
    expect((await call('GET', '/instance-refreshes')).json).toHaveLength(1);
  });
});
