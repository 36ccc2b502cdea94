import { Buffer } from 'node:buffer';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WriteError, writeErrorOf } from './write-error.mjs';
import { appendWhole, pointLink, writeFolderWhole, writeWhole } from './write-whole.mjs';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'write-whole-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const read = (...names: string[]): string => fs.readFileSync(at(...names), 'utf8');

const systemError = (code: string) => Object.assign(new Error(`${code}: of the system`), { code });
const refuse = (code: string) => () => {
  throw systemError(code);
};

/** The real disk, which has room for this many bytes and takes at most 7 at a time. */
function smallDisk(room: number) {
  let left = room;
  return {
    ...fs,
    writeSync: (...[file, bytes, from, count]: [number, Uint8Array, number, number]): number => {
      if (left === 0) throw systemError('ENOSPC');
      const taken = Math.min(left, count, 7);
      left -= taken;
      return fs.writeSync(file, bytes, from, taken);
    },
  } as typeof fs;
}
const failingAt = (call: string, code: string) => ({ ...fs, [call]: refuse(code) });

/** The WriteError that an action throws. */
function refused(action: () => void): WriteError {
  try {
    action();
  } catch (error) {
    if (error instanceof WriteError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const text = 'ä line that is longer than one write takes\n';
const failures = [
  ['a write', smallDisk(20)],
  ['the first write', smallDisk(0)],
  ['a write that takes nothing', failingAt('writeSync', 'ENOSPC')],
  ['the flush', failingAt('fsyncSync', 'ENOSPC')],
  ['the file itself', failingAt('openSync', 'ENOSPC')],
  ['the new name', failingAt('renameSync', 'ENOSPC')],
] as const;

describe('a file', () => {
  test('is written whole by a disk that takes it in pieces', () => {
    writeWhole(at('report.html'), text, { disk: smallDisk(1000) });
    expect(read('report.html')).toBe(text);
    expect(fs.readdirSync(folder)).toEqual(['report.html']);
  });

  test('replaces the one of its name, and can have a mode', () => {
    fs.writeFileSync(at('docker'), 'older and longer than the new one');
    writeWhole(at('docker'), new TextEncoder().encode('new'), { mode: 0o700 });
    expect(read('docker')).toBe('new');
    expect(fs.statSync(at('docker')).mode & 0o777).toBe(0o700);
  });

  test.each(failures)('stays as it was when the disk is full at %s', (_, disk) => {
    fs.writeFileSync(at('report.html'), 'before');
    const error = refused(() => writeWhole(at('report.html'), text, { disk }));
    expect(error.code).toBe('TL-WRITE-FULL');
    expect(read('report.html')).toBe('before');
    expect(fs.readdirSync(folder)).toEqual(['report.html']);
  });

  test('is not there when the disk says nothing and takes nothing', () => {
    const disk = { ...fs, writeSync: () => 0 } as unknown as typeof fs;
    expect(refused(() => writeWhole(at('a'), text, { disk })).code).toBe('TL-WRITE-FULL');
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test.each(['EINVAL', 'ENOTSUP'])('needs no flush where a file system has none (%s)', (code) => {
    writeWhole(at('a'), text, { disk: failingAt('fsyncSync', code) });
    expect(read('a')).toBe(text);
  });
});

describe('a folder of files', () => {
  const files = { 'report.md': text, 'run-record.json': '{}\n' };

  test('appears with all of them', () => {
    writeFolderWhole(at('reports', 'run'), files, smallDisk(1000));
    expect(fs.readdirSync(at('reports'))).toEqual(['run']);
    expect([read('reports', 'run', 'report.md'), read('reports', 'run', 'run-record.json')]).toEqual(
      Object.values(files),
    );
  });

  test('does not appear when the disk is full at the last byte of the last', () => {
    const bytes = Buffer.byteLength(Object.values(files).join(''));
    const error = refused(() => writeFolderWhole(at('run'), files, smallDisk(bytes - 1)));
    expect(error.message).toContain(`TL-WRITE-FULL ${at('run', 'run-record.json')} was not written`);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('says that its name is taken, and leaves what has it', () => {
    writeFolderWhole(at('run'), files);
    const { cause } = refused(() => writeFolderWhole(at('run'), { other: 'x' }));
    expect(['EEXIST', 'ENOTEMPTY']).toContain((cause as NodeJS.ErrnoException).code);
    expect(fs.readdirSync(folder)).toEqual(['run']);
    expect(fs.readdirSync(at('run')).sort()).toEqual(Object.keys(files).sort());
  });
});

describe('what is added to a file', () => {
  test('comes behind what is there', () => {
    appendWhole(at('summary.md'), 'one\n');
    appendWhole(at('summary.md'), text, smallDisk(1000));
    expect(read('summary.md')).toBe(`one\n${text}`);
  });

  test('is taken back when the disk has no room for all of it', () => {
    appendWhole(at('summary.md'), 'one\n');
    expect(refused(() => appendWhole(at('summary.md'), text, smallDisk(20))).code).toBe('TL-WRITE-FULL');
    expect(read('summary.md')).toBe('one\n');
  });
});

test('a link is moved, and stays where the disk is full', () => {
  pointLink(at('latest'), 'one');
  pointLink(at('latest'), 'two');
  expect(fs.readlinkSync(at('latest'))).toBe('two');
  expect(refused(() => pointLink(at('latest'), 'three', failingAt('symlinkSync', 'ENOSPC'))).code).toBe(
    'TL-WRITE-FULL',
  );
  expect(fs.readdirSync(folder)).toEqual(['latest']);
});

test.each([
  ['ENOSPC', 'TL-WRITE-FULL', 'no space is left'],
  ['EDQUOT', 'TL-WRITE-QUOTA', 'disk quota'],
  ['EROFS', 'TL-WRITE-READ-ONLY', 'read-only'],
  ['EFBIG', 'TL-WRITE-LIMIT', 'ulimit -f'],
  ['EIO', 'TL-WRITE-FAILED', 'EIO: of the system'],
])('a disk that says %s is %s, with the file, the reason and what helps', (code, own, reason) => {
  const error = refused(() => writeWhole(at('a'), text, { disk: failingAt('writeSync', code) }));
  expect(error.code).toBe(own);
  expect(error.message).toMatch(
    /^TL-WRITE-\S+ .*a was not written: .*\. Nothing is left of it; .*run again\.$/,
  );
  expect(error.message).toContain(reason);
  expect(error.cause).toMatchObject({ code });
});

test.each([
  [{ code: 'ENOSPC', syscall: 'mkdir', path: '/full/run' }, 'TL-WRITE-FULL /full/run was not written'],
  [{ code: 'ENOSPC', syscall: 'write' }, 'TL-WRITE-FULL a file was not written'],
  [{ code: 'ENOSPC', syscall: 'watch', path: '/app' }, undefined],
  [{ code: 'EPIPE', syscall: 'write' }, undefined],
  [{ code: 'ENOENT', syscall: 'open', path: '/nowhere' }, undefined],
])('what another library met, %j, is %p', (fields, message) => {
  const found = writeErrorOf(Object.assign(new Error('of the system'), fields));
  if (message === undefined) expect(found).toBeUndefined();
  else expect(found?.message).toContain(message);
});
