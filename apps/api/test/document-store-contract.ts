import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StoreUnavailable, type DocumentStore } from '../src/documents/document-store.ts';

export interface Harness {
  /** Another handle on the same documents. */
  readonly open: () => Promise<DocumentStore>;
  /** Lets a life that begins now come to its end. */
  readonly outlive: (store: DocumentStore, lifeMs: number) => Promise<void>;
}

const minuteMs = 60_000;
let keyCount = 0;
/** A key that no other test uses: the stores outlive a test. */
const newKey = (): string => `key-${(keyCount += 1)}`;

const putter =
  (store: DocumentStore) =>
  (key: string, document: object, lifeMs: number | 'forever' = minuteMs) =>
    store.transact([key], () => ({ writes: { [key]: { document, lifeMs } }, result: undefined }));

interface Counter {
  readonly count: number;
}
const countOf = (document: object | undefined): number => (document as Counter | undefined)?.count ?? 0;
const increment = (store: DocumentStore, key: string) =>
  store.transact([key], ([document]) => {
    const count = countOf(document) + 1;
    return { writes: { [key]: { document: { count }, lifeMs: minuteMs } }, result: count };
  });

/** What every document store promises. */
export function documentStoreContract({ open, outlive }: Harness): void {
  const opened: DocumentStore[] = [];
  const another = async (): Promise<DocumentStore> => {
    const store = await open();
    opened.push(store);
    return store;
  };
  let store: DocumentStore;
  beforeEach(async () => {
    store = await another();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((handle) => handle.close()));
  });

  test('reads what was written, whatever it holds', async () => {
    const key = newKey();
    const document = { text: 'é \u0000 “x” \ud83d\ude00', list: [1, null, { deep: [] }], no: false, n: -0.5 };
    await putter(store)(key, document);
    expect(await store.read(key)).toEqual(document);
    expect(await store.touch(key, minuteMs)).toEqual(document);
    expect(await (await another()).read(key)).toEqual(document);
  });

  test('has nothing under a key that nobody wrote', async () => {
    const key = newKey();
    expect([await store.read(key), await store.touch(key, minuteMs)]).toEqual([undefined, undefined]);
    await store.delete(key);
    expect(await store.transact([key], ([document]) => ({ writes: {}, result: document }))).toBeUndefined();
  });

  test('deletes, alone and in a transaction', async () => {
    const [one, two] = [newKey(), newKey()];
    await putter(store)(one, {});
    await putter(store)(two, {}, 'forever');
    await store.delete(one);
    await store.transact([two], () => ({ writes: { [two]: null }, result: undefined }));
    expect([await store.read(one), await store.read(two)]).toEqual([undefined, undefined]);
  });

  test('forgets a document when its life is over, unless it was touched or lives for ever', async () => {
    const [brief, touched, rewritten, lasting] = [newKey(), newKey(), newKey(), newKey()];
    for (const key of [brief, touched, rewritten]) await putter(store)(key, { key }, 300);
    await putter(store)(lasting, {}, 'forever');
    await store.touch(touched, minuteMs);
    await putter(store)(rewritten, {}, minuteMs);
    await outlive(store, 300);
    expect(await store.read(brief)).toBeUndefined();
    expect(await store.touch(brief, minuteMs)).toBeUndefined();
    expect(await store.read(touched)).toEqual({ key: touched });
    expect(await store.read(rewritten)).toEqual({});
    expect(await store.read(lasting)).toEqual({});
  });

  test('writes nothing when the change throws, and passes on what it threw', async () => {
    const key = newKey();
    const mistake = new Error('a mistake');
    const failing = store.transact([key], () => {
      throw mistake;
    });
    await expect(failing).rejects.toBe(mistake);
    expect(await store.read(key)).toBeUndefined();
  });

  test('refuses a write to a key that the transaction did not name, and writes nothing', async () => {
    const key = newKey();
    const write = { document: {}, lifeMs: minuteMs };
    const stray = store.transact([key], () => ({ writes: { [key]: write, other: write }, result: 1 }));
    await expect(stray).rejects.toThrow(/writes other; name every key/);
    expect(await store.read(key)).toBeUndefined();
  });

  test('loses no increment of several handles that write at once', async () => {
    const key = newKey();
    const handles = [store, await another(), await another()];
    await Promise.all(handles.flatMap((handle) => Array.from({ length: 40 }, () => increment(handle, key))));
    expect(await store.read(key)).toEqual({ count: 120 });
  });

  test('changes several documents in one step: a sum over two stays what it was', async () => {
    const [cart, stock] = [newKey(), newKey()];
    await putter(store)(stock, { count: 25 }, 'forever');
    const buy = (handle: DocumentStore) =>
      handle.transact([cart, stock], ([inCart, inStock]) => {
        if (countOf(inStock) === 0) return { writes: {}, result: 'sold out' };
        const writes = {
          [cart]: { document: { count: countOf(inCart) + 1 }, lifeMs: minuteMs },
          [stock]: { document: { count: countOf(inStock) - 1 }, lifeMs: 'forever' as const },
        };
        return { writes, result: 'bought' };
      });
    const handles = [store, await another()];
    const results = await Promise.all(
      handles.flatMap((handle) => Array.from({ length: 20 }, () => buy(handle))),
    );
    expect(results.filter((result) => result === 'bought')).toHaveLength(25);
    expect([await store.read(cart), await store.read(stock)]).toEqual([{ count: 25 }, { count: 0 }]);
  });

  test('says that it is up, and once closed refuses every operation', async () => {
    expect(store.status().up).toBe(true);
    await store.close();
    expect(store.status().up).toBe(false);
    const key = newKey();
    const operations = [store.read(key), store.touch(key, 1), store.delete(key), increment(store, key)];
    for (const operation of operations) await expect(operation).rejects.toBeInstanceOf(StoreUnavailable);
  });
}

/** For stores on the real clock: asks until a document of this life is gone. */
export async function outliveByClock(store: DocumentStore, lifeMs: number): Promise<void> {
  const key = newKey();
  await putter(store)(key, {}, lifeMs);
  while ((await store.read(key)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
}
