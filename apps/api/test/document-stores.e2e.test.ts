import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { StoreUnavailable, type DocumentStore } from '../src/documents/document-store.ts';
import { openDocumentStore } from '../src/documents/open-document-store.ts';
import { Sessions } from '../src/session/sessions.ts';
import type { DocumentStoreConfig } from '../src/store-variables.ts';
import { documentStoreContract, outliveByClock } from './document-store-contract.ts';
import { describeWith } from './find-program.ts';
import { RedisServer } from './redis-server.ts';

/** Bundled once, since eight processes start from it; where it finds the database’s package, as the API’s own bundle does. */
const writer = join(import.meta.dirname, '..', '..', '..', 'dist', 'test', 'session-writer.mjs');
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'session-writer.ts')],
    outfile: writer,
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

/** Eight processes, each with 1,000 increments and 1,000 list edits, ten of each at a time. */
async function writeInParallel(store: DocumentStoreConfig): Promise<void> {
  const documents = await open(store);
  const newId = () => 'written-in-parallel';
  const sessions = new Sessions({ store: documents, idleSeconds: 600, newId, now: () => new Date() });
  const { id: sessionId } = await sessions.changeOrStart(undefined, () => ({ result: undefined }));
  const writers = Array.from({ length: 8 }, (_, index) => `writer-${index}`);
  const atATime = 10;
  const codes = await Promise.all(
    writers.map(async (name) => {
      const job = JSON.stringify({ store, sessionId, writer: name, count: 1000, atATime });
      const child = spawn(process.execPath, [writer, job], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    }),
  );
  expect(codes).toEqual(writers.map(() => 0));

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
});

describeWith('redis-server', 'the Redis store', (file) => {
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
