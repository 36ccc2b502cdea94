import { describe, expect, test } from '@jest/globals';
import { ServiceRig } from '../../test/service-rig.ts';
import { createAgentApi } from './agent-api.ts';

const arn = (id: string): string => `arn:aws:ecs:us-east-1:000000000000:task/dev/${id}`;

function agentOf(rig: ServiceRig) {
  const app = createAgentApi({
    service: () => rig.service,
    startedAt: new Date('2022-10-06T00:00:00Z'),
    taskArn: arn,
  });
  const ask = async (method: string, task: string, body?: string) => {
    const response = await app.request(`/api/${task}/task-protection/v1/state`, {
      method,
      headers: { host: '127.0.0.1:51679' },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  return {
    ask,
    get: (task: string) => ask('GET', task),
    put: (task: string, body: unknown) =>
      ask('PUT', task, typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

const steady = async () => {
  const rig = await ServiceRig.steady();
  return { rig, ...agentOf(rig) };
};

const error = (status: number, of: { Arn: string; Code: string; Message: string }) => ({
  status,
  json: { error: of },
});

describe('the endpoint of task scale-in protection', () => {
  test('protects for two hours of cloud time by default, and says until when', async () => {
    const { rig, get, put } = await steady();
    const unprotected = {
      protection: { ExpirationDate: null, ProtectionEnabled: false, TaskArn: arn('t1') },
    };
    expect(await get('t1')).toEqual({ status: 200, json: unprotected });
    const { status, json } = await put('t1', { ProtectionEnabled: true });
    expect([status, json]).toEqual([
      200,
      {
        protection: {
          ExpirationDate: '2022-10-06T02:00:25Z',
          ProtectionEnabled: true,
          TaskArn: arn('t1'),
        },
      },
    ]);
    await rig.clock.advance(7199);
    expect((await get('t1')).json).toEqual(json);
    await rig.clock.advance(1);
    expect((await get('t1')).json).toEqual(unprotected);
  });

  test('counts the time anew with each request, and takes the protection off', async () => {
    const { rig, get, put } = await steady();
    await put('t1', { ProtectionEnabled: true, ExpiresInMinutes: 1 });
    await rig.clock.advance(35);
    const renewed = await put('t1', { ProtectionEnabled: true, ExpiresInMinutes: 1 });
    expect(renewed.json).toMatchObject({ protection: { ExpirationDate: '2022-10-06T00:02:00Z' } });
    await put('t1', { ProtectionEnabled: false });
    expect((await get('t1')).json).toMatchObject({ protection: { ProtectionEnabled: false } });
  });

  test.each([0, -4, 2881])('refuses %s minutes, as ECS does', async (ExpiresInMinutes) => {
    const { put } = await steady();
    const { status, json } = await put('t1', { ProtectionEnabled: true, ExpiresInMinutes });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      requestID: expect.any(String),
      error: { Arn: arn('t1'), Code: 'InvalidParameterException' },
    });
  });

  test('answers what it cannot decode as the agent does', async () => {
    const { put } = await steady();
    const refused = error(400, {
      Arn: '',
      Code: 'InvalidParameterException',
      Message: 'UpdateTaskProtection: failed to decode request',
    });
    expect(await put('t1', 'not json')).toEqual(refused);
    expect(await put('t1', { ProtectionEnabled: 'yes' })).toEqual(refused);
    expect(await put('t1', { ProtectionEnabled: true, Other: 5 })).toEqual(refused);
    expect(await put('t1', `"${'x'.repeat(5000)}"`)).toEqual(refused);
    expect(await put('t1', {})).toEqual(
      error(400, {
        Arn: arn('t1'),
        Code: 'InvalidParameterException',
        Message: "Invalid request: does not contain 'ProtectionEnabled' field",
      }),
    );
  });

  test('knows its own tasks alone', async () => {
    const { get, put } = await steady();
    const refused = error(404, {
      Arn: '',
      Code: 'ResourceNotFoundException',
      Message: 'Failed to find a task for the request',
    });
    expect(await get('other')).toEqual(refused);
    expect(await put('other', { ProtectionEnabled: true })).toEqual(refused);
  });

  test('declines, with status 200, more protected tasks than are desired, and a task that stops', async () => {
    const { rig, put } = await steady();
    const declined = (Reason: string, id: string) => ({
      status: 200,
      json: { failure: { Arn: arn(id), Detail: null, Reason } },
    });
    for (const id of ['t1', 't2'])
      expect((await put(id, { ProtectionEnabled: true })).json).toHaveProperty('protection');
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(60);
    expect(rig.ids()).toEqual(['t1', 't2', 't3', 't4']);
    expect(await put('t3', { ProtectionEnabled: true })).toEqual(declined('DEPLOYMENT_BLOCKED', 't3'));
    expect((await put('t2', { ProtectionEnabled: false })).status).toBe(200);
    await rig.clock.advance(1);
    expect(await put('t2', { ProtectionEnabled: true })).toEqual(declined('TASK_NOT_VALID', 't2'));
    expect((await put('t3', { ProtectionEnabled: true })).json).toHaveProperty('protection');
  });

  test('answers programs of this machine alone', async () => {
    const rig = await ServiceRig.steady();
    const app = createAgentApi({ service: () => rig.service, startedAt: new Date(0), taskArn: arn });
    const response = await app.request('/api/t1/task-protection/v1/state', {
      headers: { host: 'rebound.example' },
    });
    expect(response.status).toBe(403);
  });
});
