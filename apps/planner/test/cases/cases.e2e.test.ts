import { expect, test } from '@jest/globals';
import { runCases, shapeCases } from './run-cases.ts';

test('a few candidates on a few days of two shapes are planned, one after the other, and are no worse in both', async () => {
  const seen: string[] = [];
  const results = await runCases({
    cases: [
      { name: 'spike', arguments: ['--trace', 'spike:days=2'] },
      { name: 'on-off', arguments: ['--trace', 'on-off:days=2'] },
    ],
    ...{ candidates: 24, seed: 1 },
    onResult: ({ name }) => seen.push(name),
  });
  expect(seen).toEqual(['spike', 'on-off']);
  expect(results.map(({ name }) => name)).toEqual(seen);
  expect(results.filter(({ isWorseInBoth }) => isWorseInBoth)).toEqual([]);
  expect(shapeCases).toHaveLength(6);
});
