import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findExecutable } from './find-executable.ts';

test('finds a program in a folder of the search path', () => {
  const path = ['/nowhere', '', dirname(process.execPath)].join(delimiter);
  expect(findExecutable(basename(process.execPath), path)).toBe(process.execPath);
});

test('finds nothing for a name that no folder has, and takes no folder or plain file for a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'find-executable-'));
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'plain'), '', { mode: 0o644 });
  for (const name of ['no-such-program-anywhere', 'folder', 'plain'])
    expect(findExecutable(name, folder)).toBeUndefined();
});
