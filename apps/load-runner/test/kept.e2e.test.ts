import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { loadProfile, presetInput, resolveEnvironment } from '@tideline/config';
import { autocannonConnections } from '../src/load/connection/autocannon-connection.ts';
import type { CookieJar } from '../src/load/connection/cookie-jar.ts';
import { LoadGenerator } from '../src/load/load-generator.ts';
import { wallTimers } from '../src/load/schedule/timers.ts';
import { ObservedClock } from '../src/observe/observed-clock.ts';
import { type KeptWatch, watchKept } from '../src/run/kept-watch.ts';
import { serveHttp } from './run-load-runner.ts';

interface Held {
  views: number;
  readonly tasks: { readonly title: string }[];
  readonly files: string[];
}

/** A backend that keeps sessions, and what goes wrong with it once there are as many views. */
async function serve(goesWrong: (held: Held) => void = () => undefined, atView = Infinity) {
  const sessions = new Map<string, Held>();
  const answer = async (request: IncomingMessage, held: Held): Promise<string> => {
    const { method, url = '' } = request;
    const body = await text(request);
    if (url === '/session') {
      held.views += 1;
      if (held.views === atView) goesWrong(held);
      return JSON.stringify({ views: held.views, startedAt: '2026-11-29T23:00:00.000Z' });
    }
    if (url === '/tasks' && method === 'POST') held.tasks.push(JSON.parse(body) as { title: string });
    if (url === '/tasks') return JSON.stringify({ tasks: held.tasks });
    if (method === 'POST') return JSON.stringify({ id: String(held.files.push(body) - 1) });
    return url.startsWith('/files/') ? (held.files[Number(url.slice('/files/'.length))] ?? '') : 'page';
  };
  return serveHttp((request, response) => {
    const id = /id=(\d+)/.exec(request.headers.cookie ?? '')?.[1] ?? String(sessions.size + 1);
    const held = sessions.get(id) ?? { views: 0, tasks: [], files: [] };
    sessions.set(id, held);
    response.setHeader('set-cookie', `id=${id}; Path=/`);
    void answer(request, held).then((content) => response.end(content));
  });
}

const environment = resolveEnvironment(presetInput('stateless-asg'));
let close: () => void = () => undefined;
afterEach(() => close());

/** Two clients that send the requests of the demo for a moment. */
async function load(server: Awaited<ReturnType<typeof serve>>): Promise<KeptWatch> {
  close = server.close;
  const target = new URL(server.url);
  const profile = {
    ...loadProfile('sessions'),
    stages: [{ users: 2, usersPerSecond: 1000, rampSeconds: 0, holdSeconds: 1, requestsPerSecond: 120 }],
  };
  const watch = watchKept({ target, profile, environment });
  if (watch === null) throw new Error('the load is not watched');
  const jars: CookieJar[] = [];
  const connections = autocannonConnections(target, { timeoutMs: 5000, keepAlive: true, jars });
  const generator = new LoadGenerator(
    { target, profile, rows: [] },
    { timers: wallTimers, open: watch.watching(connections, jars), cloud: new ObservedClock(wallTimers) },
  );
  await generator.run();
  return watch;
}

describe('what clients get out of their sessions', () => {
  test('is right at a backend that keeps them, during the load and when it is over', async () => {
    const figures = await (await load(await serve())).figures();
    expect(figures).toMatchObject({ sessions: 2, wrong: 0 });
    expect(figures).not.toHaveProperty('firstWrong');
    for (const count of ['views', 'lists', 'files'])
      expect(figures).toHaveProperty(count, expect.any(Number));
    expect((figures as { views: number }).views).toBeGreaterThan(4);
  });

  test.each([
    [
      'begins to count again',
      (held: Held) => void (held.views = 1),
      /^session 1: view 1 where 3 comes next$/,
    ],
    ['loses a task', (held: Held) => void held.tasks.pop(), /1 tasks .+ where 2 were put/],
    [
      'changes a file',
      (held: Held) => void held.files.fill('other'),
      /file \/files\/0 has 5 bytes that are not/,
    ],
  ])('is wrong at one that %s', async (_, goesWrong, problem) => {
    const figures = await (await load(await serve(goesWrong, 3))).figures();
    expect((figures as { wrong: number }).wrong).toBeGreaterThan(0);
    expect((figures as { firstWrong: string }).firstWrong).toMatch(problem);
  });

  test('cannot be read where the backend is gone when the load is over', async () => {
    const server = await serve();
    const watch = await load(server);
    server.close();
    expect(await watch.figures()).toEqual({ unreadable: expect.stringContaining('ECONNREFUSED') });
  });
});

test('a load without sessions, or that asks for nothing they hold, is not watched', () => {
  const settings = { target: new URL('http://127.0.0.1:1'), environment };
  expect(watchKept({ ...settings, profile: loadProfile('steady') })).toBeNull();
  expect(watchKept({ ...settings, profile: loadProfile('flash') })).toBeNull();
  const none = resolveEnvironment(presetInput('fargate-alb'));
  expect(watchKept({ ...settings, profile: loadProfile('sessions'), environment: none })).toBeNull();
});
