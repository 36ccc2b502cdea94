import { expect, test } from '@jest/globals';
import { basename, dirname } from 'node:path';
import { findExecutable } from './find-executable.ts';

test('finds a program in a folder of the search path', async () => {
  const path = `/nowhere:${dirname(process.execPath)}`;
  expect(await findExecutable(basename(process.execPath), path)).toBe(process.execPath);
});

test('finds nothing for a name that no folder has', async () => {
  expect(await findExecutable('no-such-program-anywhere', '/nowhere')).toBeNull();
});
