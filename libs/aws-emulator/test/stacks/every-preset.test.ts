import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { presetNames } from '@tideline/config';

test('every preset has its end-to-end suite', async () => {
  const suites = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.e2e.test.ts'));
  expect(suites.map((file) => file.replace('.e2e.test.ts', '')).sort()).toEqual([...presetNames].sort());
});
