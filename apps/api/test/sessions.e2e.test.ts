import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiProcess } from './api-process.ts';
import { Browser } from './browser.ts';
import { describeWithStoreServers } from './find-program.ts';
import { RedisServer } from './redis-server.ts';

const started: ApiProcess[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-api-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((api) => api.stop()));
  await rm(folder, { recursive: true, force: true });
});

/** A task of the service: its stores are those of every other. */
function startTask(taskId: string, stores: Readonly<Record<string, string>>): ApiProcess {
  const api = new ApiProcess({
    TASK_ID: taskId,
    AVAILABILITY_ZONE: `zone-of-${taskId}`,
    SESSION_KEYS: 'a-signing-key-of-enough-length-1',
    FILE_STORE: 'disk',
    FILES_FOLDER: join(folder, 'files'),
    ...stores,
  });
  started.push(api);
  return api;
}
const embedded = () => ({ SESSION_STORE: 'embedded', SESSION_FOLDER: join(folder, 'sessions') });

/** A browser whose requests go to whichever task is asked to answer. */
async function browse(
  first: ApiProcess,
): Promise<{ browser: Browser; to: (api: ApiProcess) => Promise<void> }> {
  let url = await first.url();
  const browser = new Browser((path, init) => fetch(`${url}${path}`, init));
  return {
    browser,
    to: async (api) => {
      url = await api.url();
    },
  };
}

async function survivesEveryTask(stores: Readonly<Record<string, string>>): Promise<void> {
  const tasks = ['a', 'b', 'c'].map((name) => startTask(name, stores));
  const { browser, to } = await browse(tasks[0]!);
  let previous: unknown = null;
  for (const [index, task] of tasks.entries()) {
    await to(task);
    const name = ['a', 'b', 'c'][index]!;
    const servedBy = { taskId: name, availabilityZone: `zone-of-${name}` };
    expect(await browser.json('/session')).toMatchObject({
      views: index + 1,
      servedBy,
      previouslyServedBy: previous,
      store: stores.SESSION_STORE,
    });
    expect((await browser.send('POST', '/tasks', { title: `by ${name}` })).status).toBe(201);
    expect((await browser.upload(`${name}.txt`, `bytes of ${name}`)).status).toBe(201);
    previous = servedBy;
    await task.stop();
  }
  await to(startTask('d', stores));
  expect(await browser.json('/session')).toMatchObject({ views: 4, taskCount: 3, fileCount: 3 });
  expect(await browser.json('/tasks')).toMatchObject({
    tasks: ['a', 'b', 'c'].map((name) => ({ title: `by ${name}` })),
  });
  const { files } = (await browser.json('/files')) as { files: { id: string }[] };
  const contents = await Promise.all(
    files.map(async ({ id }) => (await browser.request(`/files/${id}`)).text()),
  );
  expect(contents).toEqual(['bytes of a', 'bytes of b', 'bytes of c']);
}

describe('a session', () => {
  test('survives the death of every task that served it, on the embedded store', async () => {
    await survivesEveryTask(embedded());
  });

  test('is drained with its task: what is in flight is stored, then the stores are closed', async () => {
    const api = startTask('a', embedded());
    const { browser, to } = await browse(api);
    await browser.json('/session');
    let release: () => void = () => undefined;
    const rest = new Promise<void>((resolve) => (release = resolve));
    async function* slowly(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('the first half, ');
      await rest;
      yield Buffer.from('the second half');
    }
    const uploading = fetch(`${await api.url()}/files?name=slow.txt`, {
      method: 'POST',
      body: slowly(),
      duplex: 'half',
      headers: { 'content-type': 'text/plain', cookie: browser.cookie! },
    });
    while ((await api.metric('http_requests_in_flight')) === 0);
    api.child.kill('SIGTERM');
    await api.log('draining');
    release();
    expect((await uploading).status).toBe(201);
    expect(await api.exited).toBe(0);
    expect(api.stderr).toBe('');
    await to(startTask('b', embedded()));
    expect(await browser.json('/files')).toMatchObject({ files: [{ name: 'slow.txt', byteCount: 31 }] });
  });

  test('does not start where its folder cannot be used, and says why', async () => {
    const api = startTask('a', { ...embedded(), SESSION_FOLDER: join(import.meta.filename, 'x') });
    expect(await api.exited).toBe(2);
    expect(api.stderr).toMatch(/^cannot open a store: .*ENOTDIR/);
  });

  test('gets 413 as soon as its upload is too large, however much is still to come', async () => {
    const api = startTask('a', { ...embedded(), MAX_FILE_BYTES: '100000' });
    const { browser } = await browse(api);
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        yield Buffer.alloc(65_536, 'x');
        await new Promise(setImmediate);
      }
    }
    const url = `${await api.url()}/files?name=a.txt`;
    // An answer that a reset overtakes is lost now and then, not always.
    for (let upload = 0; upload < 50; upload += 1) {
      const headers = { 'content-type': 'text/plain' };
      const refused = await fetch(url, { method: 'POST', body: endless(), duplex: 'half', headers });
      expect([refused.status, await refused.json()]).toEqual([
        413,
        expect.objectContaining({ code: 'body-too-large' }),
      ]);
    }
    expect(await browser.json('/files')).toEqual({ files: [] });
  });
});

describeWithStoreServers('a session on Redis', (file) => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await RedisServer.start(file);
  });
  afterEach(() => redis.remove());
  const onRedis = () => ({ SESSION_STORE: 'redis', REDIS_URL: redis.url });

  test('survives the death of every task that served it', async () => {
    await survivesEveryTask(onRedis());
  });

  test('is answered 503 while Redis is away, by a task that is healthy, and is back with Redis by itself', async () => {
    // Longer than a busy disk keeps a Redis; one that is away refuses at once.
    const api = startTask('a', { ...onRedis(), SESSION_TIMEOUT_MILLISECONDS: '10000' });
    const { browser } = await browse(api);
    for (let views = 1; views <= 20; views += 1) {
      expect(await browser.json('/session')).toMatchObject({ views });
    }
    await browser.send('POST', '/tasks', { title: 'kept' });

    await redis.stop();
    for (const path of ['/session', '/tasks', '/files']) {
      const refused = await browser.request(path);
      expect([path, refused.status, refused.headers.get('retry-after')]).toEqual([path, 503, '1']);
      expect(await refused.json()).toMatchObject({ code: 'session-store-unavailable' });
    }
    for (const path of ['/', '/health', '/ready', '/host']) {
      expect([path, (await browser.request(path)).status]).toEqual([path, 200]);
    }
    expect(await api.metric('session_store_up\\{kind="redis"\\}')).toBe(0);
    expect(
      await api.metric('session_store_operation_errors_total\\{operation="transact"\\}'),
    ).toBeGreaterThan(0);

    await redis.start();
    let back = await browser.request('/session');
    while (back.status === 503) back = await browser.request('/session');
    expect(await back.json()).toMatchObject({ views: 21, taskCount: 1 });
    expect(await browser.json('/tasks')).toMatchObject({ tasks: [{ title: 'kept' }] });
    expect(await api.metric('session_store_up\\{kind="redis"\\}')).toBe(1);
    expect(await api.log('store failed')).toMatchObject({ store: 'session_store', kind: 'redis' });
    await api.log('store answers again');
  });

  test('does not keep a task from starting: it serves, and its sessions come with Redis', async () => {
    await redis.stop();
    const api = startTask('a', { ...onRedis(), REDIS_AUTH_TOKEN: 'a-token-that-nobody-may-see' });
    const { browser } = await browse(api);
    expect((await browser.request('/health')).status).toBe(200);
    expect((await browser.request('/session')).status).toBe(503);
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(JSON.stringify(api.logLines) + api.stderr).not.toContain('a-token-that-nobody-may-see');
  });
});
