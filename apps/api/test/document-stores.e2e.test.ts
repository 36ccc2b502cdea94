import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { StoreUnavailable, type DocumentStore } from '../src/documents/document-store.ts';
import { openDocumentStore } from '../src/open-stores.ts';
import { Sessions } from '../src/session/sessions.ts';
import { Sale } from '../src/storefront/sale.ts';
import type { DocumentStoreConfig } from '../src/store-variables.ts';
import { documentStoreContract, outliveByClock } from './document-store-contract.ts';
import { describeWithStoreServers } from './find-program.ts';
import { parallelSale } from './shared-store.ts';
import { RedisServer } from './redis-server.ts';

/** Bundled once, since eight processes start from each; where they find the database’s package, as the API’s own bundle does. */
const programs = join(import.meta.dirname, '..', '..', '..', 'dist', 'test');
beforeAll(async () => {
  await build({
    entryPoints: ['session-writer', 'buyer'].map((name) => join(import.meta.dirname, `${name}.ts`)),
    outdir: programs,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['lmdb'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
});
const opened: DocumentStore[] = [];
async function open(config: DocumentStoreConfig, timeoutMs = 10_000): Promise<DocumentStore> {
  const store = await openDocumentStore({ store: config, keys: [], idleSeconds: 600, timeoutMs });
  opened.push(store);
  return store;
}
// A connection that a failed test leaves open would keep the run from ending.
afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

/** What a program writes, once it has ended well. */
async function run(program: 'session-writer' | 'buyer', job: object): Promise<string> {
  const child = spawn(process.execPath, [join(programs, `${program}.mjs`), JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written += text));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  return written;
}

/** Eight processes with twelve buyers each, who buy and give back until nothing is left. */
async function buyInParallel(store: DocumentStoreConfig): Promise<void> {
  const stock = 2001;
  const shops = Array.from({ length: 8 }, (_, index) => `shop-${index}`);
  const reports = await Promise.all(
    shops.map(async (name) => {
      const report = await run('buyer', { store, name, buyers: 12, stock, timeoutMs: 5000 });
      return JSON.parse(report) as { sold: number };
    }),
  );
  expect(reports.reduce((sum, { sold }) => sum + sold, 0)).toBe(stock);

  const documents = await open(store);
  const now = () => new Date();
  const sessions = new Sessions({ store: documents, idleSeconds: 600, newId: () => 'nobody', now });
  const sale = new Sale({ config: parallelSale(stock), documents, sessions, now });
  expect(await sale.stock()).toMatchObject({ total: stock, sold: stock });
}

/** Eight processes, each with 1,000 increments and 1,000 list edits, ten of each at a time. */
async function writeInParallel(store: DocumentStoreConfig): Promise<void> {
  const documents = await open(store);
  const newId = () => 'written-in-parallel';
  const sessions = new Sessions({ store: documents, idleSeconds: 600, newId, now: () => new Date() });
  const { id: sessionId } = await sessions.changeOrStart(undefined, () => ({ result: undefined }));
  const writers = Array.from({ length: 8 }, (_, index) => `writer-${index}`);
  const atATime = 10;
  await Promise.all(
    writers.map((name) => run('session-writer', { store, sessionId, writer: name, count: 1000, atATime })),
  );

  const session = await sessions.read(sessionId);
  expect(session?.views).toBe(8000);
  const expected = writers.flatMap((name) =>
    Array.from({ length: atATime }, (_, turn) => `${name}-${1000 - atATime + turn}`),
  );
  expect(session?.tasks.map(({ id }) => id).sort()).toEqual(expected.sort());
}

describe('the embedded store', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideline-sessions-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  documentStoreContract({ open: () => open({ kind: 'embedded', folder }), outlive: outliveByClock });

  test('loses nothing of what 8 processes write to one session', async () => {
    await writeInParallel({ kind: 'embedded', folder: join(folder, 'parallel') });
  });

  test('sells every unit once to the buyers of 8 processes', async () => {
    await buyInParallel({ kind: 'embedded', folder: join(folder, 'sale') });
  });
});

describeWithStoreServers('the Redis store', (file) => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start(file);
  });
  afterAll(() => server.remove());
  const redis = (): DocumentStoreConfig => ({ kind: 'redis', url: server.url, authToken: undefined });

  documentStoreContract({ open: () => open(redis()), outlive: outliveByClock });

  test('loses nothing of what 8 processes write to one session', async () => {
    await writeInParallel(redis());
  });

  test('sells every unit once to the buyers of 8 processes', async () => {
    await buyInParallel(redis());
  });

  test.each(['not JSON', '', '5', 'null'])(
    'takes %j under the key of a document for no answer',
    async (text) => {
      await server.send('SET', 'tideline:foreign', text);
      const store = await open(redis());
      for (const ask of [
        () => store.read('foreign'),
        () => store.touch('foreign', 1000),
        () => store.transact(['foreign'], () => ({ writes: {}, result: undefined })),
      ]) {
        await expect(ask()).rejects.toBeInstanceOf(StoreUnavailable);
      }
    },
  );

  test('answers within its timeout while the server is away, and comes back by itself with what the server kept', async () => {
    const store = await open(redis(), 500);
    const add = (value: number) =>
      store.transact(['kept'], ([document]) => {
        const values = [...((document as { values: number[] } | undefined)?.values ?? []), value];
        return { writes: { kept: { document: { values }, lifeMs: 'forever' } }, result: values.length };
      });
    const acknowledged: number[] = [];
    for (let value = 0; value < 50; value += 1) {
      await add(value);
      acknowledged.push(value);
    }

    await server.stop();
    const startedMs = performance.now();
    await expect(add(-1)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.read('kept')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(store.status().up).toBe(false);

    await server.start();
    for (;;) {
      const read = await store.read('kept').catch(() => undefined);
      if (read !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await add(50)).toBe(51);
    expect(await store.read('kept')).toEqual({ values: [...acknowledged, 50] });
  });

  test('opens while the server is away, and answers once it is there', async () => {
    await server.stop();
    const store = await open(redis(), 200);
    await expect(store.read('any')).rejects.toBeInstanceOf(StoreUnavailable);
    await server.start();
    while (!store.status().up) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await store.read('any')).toBeUndefined();
  });
});
