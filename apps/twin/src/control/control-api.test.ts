import { describe, expect, test } from '@jest/globals';
import { observationSchema } from '@tideline/evidence';
import { fakeTwin } from '../../test/fake-twin.ts';
import { controlRoutes, createControlApi } from './control-api.ts';

async function rig() {
  const fake = await fakeTwin();
  const app = createControlApi(fake.twin);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(path, {
      method,
      headers: { host: '127.0.0.1:4000' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      json: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
    };
  };
  return { ...fake, app, call };
}

const problem = (status: number, detail: unknown) => ({
  status,
  contentType: 'application/problem+json',
  json: { type: 'about:blank', title: 'ControlProblem', status, detail },
});

describe('control API', () => {
  test('GET / lists every route there is, and no other', async () => {
    const { app, call, twin } = await rig();
    const registered = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/')
      .map(({ method, path }) => `${method} ${path}`);
    expect(registered.sort()).toEqual(
      controlRoutes(twin)
        .map(([method, path]) => `${method} ${path}`)
        .sort(),
    );
    const { json } = await call('GET', '/');
    expect(json).toMatchObject({ url: 'http://127.0.0.1:8080' });
    expect(json?.routes).toHaveLength(controlRoutes(twin).length);
  });

  test('GET /observation is an observation', async () => {
    const { call } = await rig();
    const { status, json } = await call('GET', '/observation');
    expect(status).toBe(200);
    expect(observationSchema.parse(json).service.running).toBe(2);
  });

  test('GET /forecasts is what each predictive policy forecasts', async () => {
    const { call, forecasts } = await rig();
    expect(await call('GET', '/forecasts')).toMatchObject({ status: 200, json: [] });
    const error = { hours: 0, mapePercent: null, wapePercent: null, coveragePercent: null };
    const made = [{ madeAtSeconds: 0, fromSeconds: 0, load: [600], capacity: [1] }];
    forecasts.push({
      ...{ policy: 'ahead', mode: 'ForecastOnly', metricKey: 'requests', target: 600, made, error },
    });
    expect((await call('GET', '/forecasts')).json).toEqual(forecasts);
  });

  test('GET /tasks describes each task', async () => {
    const { call } = await rig();
    const { json } = await call('GET', '/tasks');
    expect(json).toMatchObject([
      { id: 't1', state: 'RUNNING', availabilityZone: 'us-east-1a', version: '1', revision: 1 },
      { id: 't2', state: 'RUNNING', availabilityZone: 'us-east-1b', version: '1', revision: 1 },
    ]);
  });

  test('POST /deployments starts a rolling deployment', async () => {
    const { call, rig: service } = await rig();
    const { status, json } = await call('POST', '/deployments', {
      version: '2.0',
      variables: { COLOUR: 'green' },
    });
    expect(status).toBe(202);
    expect(json).toMatchObject({
      id: 'ecs-svc/0002',
      rolloutState: 'IN_PROGRESS',
      definition: { revision: 2, version: '2.0', variables: { COLOUR: 'green' } },
    });
    await service.clock.advance(100);
    expect((await call('GET', '/deployments')).json).toMatchObject([
      { rolloutState: 'COMPLETED' },
      { rolloutState: 'COMPLETED' },
    ]);
  });

  test('DELETE /tasks/:id kills the task’s process', async () => {
    const { call, rig: service } = await rig();
    expect((await call('DELETE', '/tasks/t1')).status).toBe(204);
    expect(service.process('t1').signals).toEqual(['SIGKILL']);
  });

  test('POST /tasks/:id/freeze stops the task’s process from running', async () => {
    const { call, rig: service } = await rig();
    expect((await call('POST', '/tasks/t2/freeze')).status).toBe(204);
    expect(service.process('t2').signals).toEqual(['SIGSTOP']);
  });

  test('a task without a process cannot be killed or frozen, and says so', async () => {
    const { call, rig: service } = await rig();
    service.service.setDesired(3);
    await service.clock.advance(1);
    const expected = problem(409, 'task "t3" is PROVISIONING and has no process yet; try again later');
    expect(await call('DELETE', '/tasks/t3')).toEqual(expected);
    expect(await call('POST', '/tasks/t3/freeze')).toEqual(expected);
  });

  test('an unknown task is answered with those that are known', async () => {
    const { call } = await rig();
    const expected = problem(404, 'unknown task "nobody"; known now: t1, t2');
    expect(await call('DELETE', '/tasks/nobody')).toEqual(expected);
    expect(await call('POST', '/tasks/nobody/freeze')).toEqual(expected);
  });

  test('a zone is lost and brought back', async () => {
    const { call, rig: service } = await rig();
    expect((await call('DELETE', '/availability-zones/us-east-1b')).status).toBe(204);
    for (const id of service.targets.outages.keys()) service.targets.check(id);
    await service.clock.advance(30);
    expect(service.zones()).toBe('aa');
    expect((await call('PUT', '/availability-zones/us-east-1b')).status).toBe(204);
    await service.clock.advance(100);
    expect(service.zones()).toBe('ab');
  });

  test('an unknown zone is answered with those that are known', async () => {
    const { call } = await rig();
    const expected = problem(404, 'unknown Availability Zone "z"; allowed: us-east-1a, us-east-1b');
    expect(await call('DELETE', '/availability-zones/z')).toEqual(expected);
    expect(await call('PUT', '/availability-zones/z')).toEqual(expected);
  });

  test('PUT /clock changes the speed', async () => {
    const { call, speeds } = await rig();
    expect(await call('PUT', '/clock', { speed: 120 })).toMatchObject({ status: 200, json: { speed: 120 } });
    expect(speeds).toEqual([120]);
  });

  test('POST /metric-data publishes a value', async () => {
    const { call, published } = await rig();
    const datum = { namespace: 'Shop', metricName: 'Orders', value: 3 };
    expect((await call('POST', '/metric-data', datum)).status).toBe(204);
    expect(published).toEqual([{ ...datum, dimensions: {} }]);
  });

  test.each([
    { route: 'PUT /clock', body: { speed: 0 }, named: 'speed' },
    { route: 'PUT /clock', body: { speed: 241 }, named: '240' },
    { route: 'PUT /clock', body: {}, named: 'speed' },
    { route: 'PUT /clock', body: { speed: 1, more: 2 }, named: 'more' },
    { route: 'PUT /clock', body: '{"speed":', named: 'not JSON' },
    { route: 'POST /deployments', body: { version: '' }, named: '1 to 64 letters' },
    { route: 'POST /deployments', body: { version: 'two words' }, named: '1 to 64 letters' },
    { route: 'POST /deployments', body: { version: '2', variables: { lower: 'x' } }, named: 'variables' },
    { route: 'POST /deployments', body: { version: '2', variables: { PORT: 1 } }, named: 'PORT' },
    { route: 'POST /metric-data', body: { namespace: 'Shop', metricName: 'Orders' }, named: 'value' },
    {
      route: 'POST /metric-data',
      body: { namespace: '', metricName: 'Orders', value: 1 },
      named: 'namespace',
    },
  ])('$route with $body is a bad request that names $named', async ({ route, body, named }) => {
    const { call, published, speeds, rig: service } = await rig();
    const [method = '', path = ''] = route.split(' ');
    expect(await call(method, path, body)).toEqual(problem(400, expect.stringContaining(named)));
    expect([published, speeds, service.service.deployments.all()]).toMatchObject([[], [], [{}]]);
  });

  test('a body that is too large is refused', async () => {
    const { call } = await rig();
    const answer = await call('POST', '/metric-data', 'x'.repeat(64 * 1024 + 1));
    expect(answer.status).toBe(413);
  });

  test('a route that is not there is answered with where to look', async () => {
    const { call } = await rig();
    expect(await call('GET', '/nothing')).toEqual(problem(404, 'no route GET /nothing; GET / lists them'));
    expect((await call('POST', '/tasks')).status).toBe(404);
  });

  test('a web page is refused, whatever it asks for', async () => {
    const { app, rig: service } = await rig();
    const response = await app.request('/tasks/t1', {
      method: 'DELETE',
      headers: { host: '127.0.0.1:4000', origin: 'https://example.org' },
    });
    expect(response.status).toBe(403);
    expect(service.process('t1').signals).toEqual([]);
  });

  test.each(['example.org', 'example.org:4000', '127.0.0.1.example.org', '', '127.0.0.1:4000@example.org'])(
    'a Host of "%s" is refused: the name may have been rebound to this machine',
    async (host) => {
      const { app } = await rig();
      const response = await app.request('/', { headers: { host } });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ detail: expect.stringContaining(`"${host}"`) });
    },
  );

  test.each(['127.0.0.1', '127.0.0.1:4000', 'localhost:4000', '[::1]:4000'])(
    'a Host of "%s" is served',
    async (host) => {
      const { app } = await rig();
      expect((await app.request('/', { headers: { host } })).status).toBe(200);
    },
  );
});
