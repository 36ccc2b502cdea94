import { describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { Ec2ServiceRig } from '../../test/ec2-service-rig.ts';
import { problemResponse } from './control-problem.ts';
import { addContainerInstanceRoutes, containerInstanceRoutes } from './container-instance-routes.ts';

async function rig() {
  const service = await Ec2ServiceRig.steady();
  const app = new Hono();
  app.onError((error, context) => problemResponse(context, error));
  addContainerInstanceRoutes(app, service.group);
  const call = async (method: string, path: string) => {
    const response = await app.request(path, { method });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  const instance = service.group.instances()[0]!;
  return { service, app, call, instance };
}

describe('routes of the instances that tasks run on', () => {
  test('are all listed, and no other', async () => {
    const { app } = await rig();
    const registered = app.routes.map(({ method, path }) => `${method} ${path}`);
    expect(registered).toEqual(containerInstanceRoutes.map(([method, path]) => `${method} ${path}`));
  });

  test('GET /container-instances describes each with what is left of it', async () => {
    const { call, service, instance } = await rig();
    expect((await call('GET', '/container-instances')).json).toEqual([
      {
        id: instance.id,
        containerInstanceId: instance.containerInstanceId,
        state: 'ACTIVE',
        availabilityZone: 'us-east-1a',
        registered: { cpuUnits: 1024, memoryMiB: 1836 },
        remaining: { cpuUnits: 768, memoryMiB: 1324 },
        tasks: service.service.tasks().map(({ id }) => id),
        launchedAtSeconds: 0,
      },
    ]);
  });

  test('terminate an instance in order, or lose it, which is noticed later', async () => {
    const { call, service, instance } = await rig();
    expect((await call('DELETE', `/container-instances/${instance.id}`)).status).toBe(204);
    expect(instance.state).toBe('DRAINING');
    expect((await call('POST', `/container-instances/${instance.id}/kill`)).status).toBe(204);
    expect([instance.state, instance.isLost]).toEqual(['DRAINING', true]);
    await service.clock.advance(120);
    expect(instance.state).toBe('INACTIVE');
  });

  test('name the instances there are when one is unknown', async () => {
    const { call, instance } = await rig();
    expect(await call('DELETE', '/container-instances/nobody')).toMatchObject({
      status: 404,
      json: { detail: `unknown instance "nobody"; known now: ${instance.id}` },
    });
  });
});
