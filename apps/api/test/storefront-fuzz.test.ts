import { expect, test } from '@jest/globals';
import { fuzzedStock, fuzzStorefront } from './fuzz-storefront.ts';
import { inMemoryApi } from './in-memory-api.ts';

test('the storefront answers requests of all kinds clearly, and its stock stays right', async () => {
  const env = { STOREFRONT: 'on', STOREFRONT_STOCK: String(fuzzedStock) };
  const { app, logLines } = inMemoryApi({ env });
  await fuzzStorefront({ send: (path, init) => app.request(path, init), requestCount: 2000 });
  expect(logLines.filter((line) => line.includes('handler failed'))).toEqual([]);
});
