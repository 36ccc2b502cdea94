import { describe, expect, test } from '@jest/globals';
import { Browser } from './browser.ts';
import { inMemoryApi } from './in-memory-api.ts';

const created = async (response: Promise<Response>) => (await (await response).json()) as { id: string };
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

function setUp(env: Readonly<Record<string, string>> = {}) {
  const api = inMemoryApi({ env });
  return { ...api, browser: Browser.of(api.app), other: Browser.of(api.app) };
}

describe('/session', () => {
  test('counts views and tells who counted the one before', async () => {
    const { browser } = setUp();
    const servedBy = { taskId: 'task-1', availabilityZone: 'eu-west-1a' };
    const first = {
      views: 1,
      startedAt: '2026-01-02T03:04:05.678Z',
      servedBy,
      previouslyServedBy: null,
      taskCount: 0,
      fileCount: 0,
      store: 'embedded',
    };
    expect(await browser.json('/session')).toEqual(first);
    expect(await browser.json('/session')).toEqual({ ...first, views: 2, previouslyServedBy: servedBy });
  });

  test('renews the cookie with every answer, and marks it for TLS where the client came by it', async () => {
    const { browser } = setUp();
    const plain = await browser.request('/session');
    const secure = await browser.request('/tasks', { headers: { 'x-forwarded-proto': 'https' } });
    expect(plain.headers.get('set-cookie')).not.toContain('Secure');
    // The list of a session that exists renews it as well.
    expect(secure.headers.get('set-cookie')).toMatch(/; Max-Age=1800; .*; Secure$/);
  });

  test('is over when nobody used it for long enough, and starts again under another id', async () => {
    const { browser, documents } = setUp();
    await browser.send('POST', '/tasks', { title: 'milk' });
    const { cookie } = browser;
    documents.advance(1_799_000);
    expect(await browser.json('/tasks')).toMatchObject({ tasks: [{ title: 'milk' }] });
    documents.advance(1_800_000);
    expect(await browser.json('/tasks')).toEqual({ tasks: [] });
    expect(await browser.json('/session')).toMatchObject({ views: 1, taskCount: 0 });
    expect(browser.cookie).not.toBe(cookie);
  });

  test('ends with its tasks and files when it is deleted', async () => {
    const { browser, files } = setUp();
    await browser.upload('a.txt', 'some text');
    await browser.send('POST', '/tasks', { title: 'milk' });
    const { cookie } = browser;
    const ended = await browser.send('DELETE', '/session');
    expect([ended.status, browser.cookie, files.contents.size]).toEqual([204, undefined, 0]);
    browser.cookie = cookie;
    expect(await browser.json('/files')).toEqual({ files: [] });
    expect((await browser.send('DELETE', '/session')).status).toBe(204);
  });
});

describe('/tasks', () => {
  test('creates, completes, reopens, renames, lists and deletes', async () => {
    const { browser } = setUp();
    const response = await browser.send('POST', '/tasks', { title: '  milk  ' });
    const task = (await response.json()) as { id: string };
    expect([response.status, response.headers.get('location')]).toEqual([201, `/tasks/${task.id}`]);
    expect(task).toMatchObject({ title: 'milk', completed: false });
    for (const change of [{ completed: true }, { completed: false }, { title: 'bread', completed: true }]) {
      const changed = await browser.send('PATCH', `/tasks/${task.id}`, change);
      expect([changed.status, await changed.json()]).toEqual([200, expect.objectContaining(change)]);
    }
    const other = await created(browser.send('POST', '/tasks', { title: 'eggs' }));
    expect((await browser.send('DELETE', `/tasks/${task.id}`)).status).toBe(204);
    expect(await browser.json('/tasks')).toEqual({ tasks: [expect.objectContaining({ id: other.id })] });
  });

  test('are of one session: no other sees, changes or deletes them', async () => {
    const { browser, other } = setUp();
    const { id } = await created(browser.send('POST', '/tasks', { title: 'mine' }));
    await other.json('/session');
    expect(await other.json('/tasks')).toEqual({ tasks: [] });
    expect((await other.send('PATCH', `/tasks/${id}`, { title: 'yours' })).status).toBe(404);
    expect((await other.send('DELETE', `/tasks/${id}`)).status).toBe(404);
    expect(await browser.json('/tasks')).toMatchObject({ tasks: [{ title: 'mine' }] });
  });

  test('stop at a hundred', async () => {
    const { browser } = setUp();
    for (let count = 0; count < 100; count += 1) await browser.send('POST', '/tasks', { title: 'one more' });
    const refused = await browser.send('POST', '/tasks', { title: 'one too many' });
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'limit-reached']);
  });
});

describe('/files', () => {
  test('keeps a file, lists it, has it saved under its name, and deletes it', async () => {
    const { browser, files } = setUp();
    const response = await browser.upload('résumé.txt', 'some text');
    const file = (await response.json()) as { id: string };
    expect([response.status, response.headers.get('location')]).toEqual([201, `/files/${file.id}`]);
    expect(file).toMatchObject({ name: 'résumé.txt', mediaType: 'text/plain', byteCount: 9 });
    expect(await browser.json('/files')).toEqual({ files: [file] });

    const download = await browser.request(`/files/${file.id}`);
    expect(await download.text()).toBe('some text');
    expect(download.headers.get('content-disposition')).toBe(
      `attachment; filename="r_sum_.txt"; filename*=UTF-8''r%C3%A9sum%C3%A9.txt`,
    );
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');
    const head = await browser.request(`/files/${file.id}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '9']);

    expect((await browser.send('DELETE', `/files/${file.id}`)).status).toBe(204);
    expect([files.contents.size, (await browser.request(`/files/${file.id}`)).status]).toEqual([0, 404]);
  });

  test('are of one session: no other lists, gets or deletes them', async () => {
    const { browser, other } = setUp();
    const { id } = await created(browser.upload('mine.txt', 'secret'));
    await other.json('/session');
    expect(await other.json('/files')).toEqual({ files: [] });
    expect((await other.request(`/files/${id}`)).status).toBe(404);
    expect((await other.send('DELETE', `/files/${id}`)).status).toBe(404);
    expect(await (await browser.request(`/files/${id}`)).text()).toBe('secret');
  });

  test('stop at the number that a session may have, and keep no bytes beyond it, whoever comes last', async () => {
    const { browser, files } = setUp({ MAX_FILES_PER_SESSION: '2' });
    await browser.json('/session');
    const statuses = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => (await browser.upload(name, 'some text')).status),
    );
    expect(statuses.sort()).toEqual([201, 201, 409, 409]);
    expect(files.contents.size).toBe(2);
    expect((await browser.upload('e', 'some text')).status).toBe(409);
  });

  test('keep their bytes where nobody knows whether they are listed', async () => {
    const { browser, documents } = setUp();
    await browser.json('/session');
    documents.losesAnswers = true;
    const refused = await browser.upload('a.txt', 'some text');
    expect([refused.status, await codeOf(refused)]).toEqual([503, 'session-store-unavailable']);
    documents.losesAnswers = false;
    const { files } = (await browser.json('/files')) as { files: { id: string; name: string }[] };
    expect(files.map(({ name }) => name)).toEqual(['a.txt']);
    expect(await (await browser.request(`/files/${files[0]?.id}`)).text()).toBe('some text');
  });

  test('leave no bytes where their entry is known to be missing', async () => {
    const { browser, documents, files } = setUp();
    await browser.json('/session');
    documents.transact = () => Promise.reject(new Error('a programming error'));
    expect((await browser.upload('a.txt', 'some text')).status).toBe(500);
    expect(files.contents.size).toBe(0);
  });

  test('answer 503 while their store is away, and nothing else does', async () => {
    const { browser, files } = setUp();
    const { id } = await created(browser.upload('a.txt', 'some text'));
    files.isDown = true;
    const refused = await browser.upload('b.txt', 'some text');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await codeOf(refused)).toBe('file-store-unavailable');
    expect((await browser.request(`/files/${id}`)).status).toBe(503);
    expect((await browser.send('DELETE', `/files/${id}`)).status).toBe(503);
    expect((await browser.request('/session')).status).toBe(200);
    files.isDown = false;
    expect(await browser.json('/files')).toMatchObject({ files: [{ id }] });
  });
});

describe('without their store', () => {
  test('the routes of sessions answer 503 and no other does; nothing is lost when it is back', async () => {
    const { browser, documents, files } = setUp();
    const { id } = await created(browser.send('POST', '/tasks', { title: 'milk' }));
    documents.isDown = true;
    const answers = [
      browser.request('/session'),
      browser.send('DELETE', '/session'),
      browser.request('/tasks'),
      browser.send('POST', '/tasks', { title: 'eggs' }),
      browser.send('PATCH', `/tasks/${id}`, { completed: true }),
      browser.send('DELETE', `/tasks/${id}`),
      browser.upload('a.txt', 'some text'),
      browser.request('/files'),
      browser.request(`/files/${id}`),
    ];
    for (const answer of await Promise.all(answers)) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await codeOf(answer)).toBe('session-store-unavailable');
    }
    for (const path of ['/', '/health', '/ready', '/host'])
      expect((await browser.request(path)).status).toBe(200);
    documents.isDown = false;
    expect([await browser.json('/tasks'), files.contents.size]).toEqual([
      { tasks: [expect.objectContaining({ id, completed: false })] },
      0,
    ]);
  });

  test('there are none of these routes', async () => {
    const { browser } = setUp({ FILE_STORE: 'none' });
    expect((await browser.request('/files')).status).toBe(404);
    const bare = Browser.of(inMemoryApi({ env: { FILE_STORE: 'none', SESSION_STORE: 'none' } }).app);
    for (const path of ['/session', '/tasks', '/files']) expect((await bare.request(path)).status).toBe(404);
  });
});
