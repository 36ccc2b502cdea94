import { readFile, readdir } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { findExecutable } from '@tideline/process';
import { eventually } from './eventually.ts';
import { SessionClient } from './session-client.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

const args = ['up', '--preset', 'stateless-asg', '--json', '--speed', '60', '--set'];
const three = [...args, 'capacity.min=3', '--set', 'capacity.desired=3'];
const nodeOnly = { PATH: '/nonexistent' };
const redisServer = findExecutable('redis-server', process.env.PATH ?? '');
/** Skipped where this machine has no redis-server: there is none to stop. */
const testWithRedis = redisServer === undefined ? test.skip : test;

let twin: TwinProcess | undefined;

afterEach(async () => {
  await twin?.remove();
  twin = undefined;
});

async function up(variables: NodeJS.ProcessEnv): Promise<TwinClient> {
  twin = await TwinProcess.startWith(variables, ...three);
  return TwinClient.of(twin);
}

/** A session’s views, tasks and file outlive every instance that served it, killed one after another. */
async function outlivesItsInstances(client: TwinClient, store: string): Promise<void> {
  const session = new SessionClient(client.url);
  const first = [await session.view(), await session.view(), await session.view()];
  expect(first.map(({ views }) => views)).toEqual([1, 2, 3]);
  const served = new Set(first.map(({ servedBy }) => servedBy.taskId));
  expect(served.size).toBe(3);
  await session.addTask('water the plants');
  await session.addTask('feed the cat');
  const file = await session.upload('note.txt', 'buy milk');

  let views = 3;
  for (const [index, id] of [...served].entries()) {
    await client.send('POST', `/instances/${id}/kill`);
    await client.steady(index + 2);
    views += 1;
    expect(await session.view()).toMatchObject({ views, taskCount: 2, fileCount: 1, store });
    expect(await session.taskTitles()).toEqual(['water the plants', 'feed the cat']);
    expect(await session.download(file)).toBe('buy milk');
  }
  const instances = await client.instances();
  expect(instances.filter(({ id }) => served.has(id))).toEqual([]);
  const { stores } = await client.observe();
  expect(stores).toMatchObject({ sessions: { kind: store, running: true }, files: { kind: 'disk' } });
}

describe('sessions and files on instances that keep nothing', () => {
  testWithRedis('outlive every instance that served them, in Redis', async () => {
    await outlivesItsInstances(await up({}), 'redis');
  });

  test('outlive every instance that served them, in the embedded store where there is no redis-server', async () => {
    await outlivesItsInstances(await up(nodeOnly), 'embedded');
  });

  testWithRedis('answer 503 while Redis is stopped, and go on where they were once it is back', async () => {
    const client = await up({});
    const session = new SessionClient(client.url);
    const bystander = new SessionClient(client.url);
    await session.view();
    await session.addTask('before');
    await bystander.view();

    await client.send('DELETE', '/session-store');
    expect((await client.observe()).stores?.sessions.running).toBe(false);
    for (const path of ['/session', '/tasks', '/files']) {
      const response = await session.ask('GET', path);
      expect([path, response.status]).toEqual([path, 503]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
    for (const path of ['/', '/health', '/host']) expect((await session.ask('GET', path)).status).toBe(200);
    await expect(client.send('DELETE', '/session-store')).rejects.toThrow('redis-server is stopped already');

    await client.send('PUT', '/session-store');
    // Each instance connects again by itself; requests go to them in turn.
    await eventually(
      async () => {
        const statuses: number[] = [];
        for (let asked = 0; asked < 3; asked += 1) statuses.push((await session.ask('GET', '/tasks')).status);
        return statuses;
      },
      (statuses) => statuses.every((status) => status === 200),
    );
    expect(await session.view()).toMatchObject({ views: 2, taskCount: 1 });
    expect(await session.taskTitles()).toEqual(['before']);
    expect((await bystander.view()).views).toBe(2);
    const instances = await client.instances();
    expect(instances.map(({ health }) => health)).toEqual(['healthy', 'healthy', 'healthy']);
    expect((await client.messages()).filter((message) => message.includes('unhealthy'))).toEqual([]);
  });

  test('cannot be stopped where they are in a file', async () => {
    const client = await up(nodeOnly);
    await expect(client.send('DELETE', '/session-store')).rejects.toThrow(
      'the embedded session store is a file: there is no server to stop or start',
    );
  });

  testWithRedis('leave no redis-server behind, however the twin ends', async () => {
    await up({});
    const redis = (): Promise<readonly string[]> => redisServersOf(twin!);
    expect(await redis()).toHaveLength(1);
    const [id] = await redis();
    twin!.signal('SIGKILL');
    await twin!.exited;
    await eventually(
      () => commandLineOf(id!),
      (line) => !line.includes('redis-server'),
    );
  });
});

/** Ids of the redis-server processes that the twin has started. */
async function redisServersOf(parent: TwinProcess): Promise<readonly string[]> {
  const mine = new Set((await parent.processes()).map(String));
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      const parentId = /\) \S (\d+) /.exec(stat)?.[1] ?? '';
      return mine.has(parentId) && (await commandLineOf(id)).includes('redis-server') ? [id] : [];
    }),
  );
  return found.flat();
}

const commandLineOf = (id: string): Promise<string> =>
  readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
