import { describe, expect, test } from '@jest/globals';
import { authorized as headers, inMemoryApi } from '../../test/in-memory-api.ts';

describe('/stress-cpu', () => {
  test('does not exist unless enabled', async () => {
    const { app } = inMemoryApi({ env: { STRESS_ENABLED: 'false' } });
    expect((await app.request('/stress-cpu/50/5', { headers })).status).toBe(404);
    expect((await app.request('/stress-cpu', { headers })).status).toBe(404);
  });

  test('starts a run and says where its progress is', async () => {
    const { app, burners } = inMemoryApi({ env: { BASE_PATH: 'dev' } });
    const started = await app.request('/dev/stress-cpu/75/120', { headers });
    expect([started.status, started.headers.get('location')]).toEqual([202, '/dev/stress-cpu']);
    burners.use(1500);
    const progress = await app.request('/dev/stress-cpu', { headers });
    expect(await progress.json()).toEqual({
      state: 'running',
      percent: 75,
      seconds: 120,
      elapsedSeconds: 0,
      cpuSeconds: 1.5,
      startedAt: '2026-01-02T03:04:05.678Z',
    });
  });

  test('starts a run from a JSON body too', async () => {
    const { app } = inMemoryApi();
    const response = await app.request('/stress-cpu', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ percent: 100, seconds: 600 }),
    });
    expect([response.status, await response.json()]).toEqual([
      202,
      expect.objectContaining({ percent: 100 }),
    ]);
  });

  test('runs one at a time', async () => {
    const { app, burners } = inMemoryApi();
    await app.request('/stress-cpu/50/5', { headers });
    expect((await app.request('/stress-cpu/50/5', { headers })).status).toBe(409);
    burners.end();
    expect((await app.request('/stress-cpu/50/5', { headers })).status).toBe(202);
  });

  test('cancels a run', async () => {
    const { app, burners } = inMemoryApi();
    await app.request('/stress-cpu/50/5', { headers });
    const cancelled = await app.request('/stress-cpu', { method: 'DELETE', headers });
    expect([cancelled.status, await cancelled.json()]).toEqual([
      200,
      expect.objectContaining({ state: 'cancelled' }),
    ]);
    expect(burners.stopped).toBe(1);
  });

  test('is idle before the first run, and shows the last one afterwards', async () => {
    const { app, burners } = inMemoryApi();
    expect(await (await app.request('/stress-cpu', { headers })).json()).toEqual({ state: 'idle' });
    await app.request('/stress-cpu/50/5', { headers });
    burners.end();
    expect(await (await app.request('/stress-cpu', { headers })).json()).toMatchObject({
      state: 'completed',
    });
  });
});
