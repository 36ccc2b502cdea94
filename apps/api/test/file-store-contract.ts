import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { FileStore } from '../src/files/file-store.ts';

const newId = (): string => randomBytes(12).toString('base64url');
const label = { name: 'réport "1".csv', mediaType: 'text/csv' };

async function* chunksOf(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
    await Promise.resolve();
    yield bytes.subarray(at, at + chunkBytes);
  }
}

export interface FileHarness {
  readonly open: () => Promise<FileStore>;
  /** What the store holds under this id, by its own means; undefined for nothing. */
  readonly stored: (id: string) => Promise<Uint8Array | undefined>;
  /** How many things the store holds, parts of unfinished uploads included. */
  readonly count: () => Promise<number>;
}

/** The bytes as a browser would get them. */
async function downloaded(store: FileStore, id: string): Promise<Buffer | undefined> {
  const download = await store.download(id, label);
  if (download === undefined) return undefined;
  if (download.kind === 'content') {
    const bytes = Buffer.from(await new Response(download.open()).arrayBuffer());
    expect(bytes.byteLength).toBe(download.byteCount);
    return bytes;
  }
  const response = await fetch(download.url);
  // S3 tells those who may not list a bucket neither that an object is missing nor that it is there.
  if (response.status === 403 || response.status === 404) return undefined;
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(label.mediaType);
  return Buffer.from(await response.arrayBuffer());
}

/** What every file store promises. */
export function fileStoreContract({ open, stored, count }: FileHarness): void {
  test.each([
    ['one byte', 1],
    ['less than a part', 100_000],
    ['more than two parts', 11 * 1024 * 1024],
  ])('gives back what was put, of %s', async (_, byteCount) => {
    const store = await open();
    const [id, bytes] = [newId(), randomBytes(byteCount)];
    await store.put(id, chunksOf(bytes, 65_536), label.mediaType);
    expect((await downloaded(store, id))?.equals(bytes)).toBe(true);
    store.close();
  });

  test.each([
    ['at once', 0],
    ['after a part', 6 * 1024 * 1024],
  ])('keeps nothing of a source that fails %s, and passes on what it threw', async (_, byteCount) => {
    const store = await open();
    const [id, before, failure] = [newId(), await count(), new Error('the sender went away')];
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield* chunksOf(randomBytes(byteCount), 65_536);
      throw failure;
    }
    await expect(store.put(id, failing(), label.mediaType)).rejects.toBe(failure);
    expect([await stored(id), await count()]).toEqual([undefined, before]);
    store.close();
  });

  test('deletes several at once, and does not mind those that are gone', async () => {
    const store = await open();
    const [one, two, kept] = [newId(), newId(), newId()];
    for (const id of [one, two, kept]) await store.put(id, chunksOf(Buffer.from(id), 8), label.mediaType);
    await store.delete([one, two, newId()]);
    await store.delete([]);
    expect([await downloaded(store, one), await downloaded(store, two)]).toEqual([undefined, undefined]);
    expect((await downloaded(store, kept))?.toString()).toBe(kept);
    store.close();
  });

  test('has nothing under an id that nobody put', async () => {
    const store = await open();
    expect(await downloaded(store, newId())).toBeUndefined();
    store.close();
  });
}
