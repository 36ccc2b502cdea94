import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiProcess } from './api-process.ts';
import { fuzzedStock, fuzzStorefront } from './fuzz-storefront.ts';

describe('the storefront on a real store', () => {
  let folder: string;
  let api: ApiProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideline-fuzz-'));
    api = new ApiProcess({
      STOREFRONT: 'on',
      STOREFRONT_STOCK: String(fuzzedStock),
      SESSION_STORE: 'embedded',
      SESSION_FOLDER: folder,
      SESSION_KEYS: 'a-signing-key-of-enough-length-1',
      SESSION_TIMEOUT_MILLISECONDS: '10000',
      ACCESS_LOG: 'off',
    });
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('answers 10,000 requests of all kinds clearly, and its stock stays right', async () => {
    const url = await api.url();
    await fuzzStorefront({
      send: (path, init) => fetch(url + path, { ...init, redirect: 'manual' }),
      requestCount: 10_000,
    });
    expect(api.stderr).toBe('');
  });
});
