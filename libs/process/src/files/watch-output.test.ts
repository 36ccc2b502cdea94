import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { watchOutput } from './watch-output.ts';
import type { WriteError } from './write-error.mjs';

/** Standard output that goes to an open file. */
function outputTo(fd: number) {
  const output = Object.assign(new PassThrough(), { fd });
  const lost: WriteError[] = [];
  const gone: WriteError[] = [];
  watchOutput(output, { onLost: (error) => lost.push(error), onGone: (error) => gone.push(error) });
  return { output, lost, gone };
}

test('what is printed into a file arrives whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-output-'));
  const file = openSync(join(folder, 'out'), 'w');
  const { output, lost } = outputTo(file);
  output.write('one\n');
  output.write('two\n');
  closeSync(file);
  expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('one\ntwo\n');
  expect(lost).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('a file that takes no more is reported once, and what comes later is dropped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-output-'));
  const file = openSync(join(folder, 'out'), 'w');
  const { output, lost } = outputTo(file);
  closeSync(file);
  output.write('one\n');
  output.write('two\n');
  expect(lost.map(({ code }) => code)).toEqual(['TL-WRITE-FAILED']);
  expect(lost[0]?.message).toContain('standard output was not written');
  expect(lost[0]?.message).toContain('What it took of it is cut off');
  rmSync(folder, { recursive: true });
});

test('a pipe whose reader has ended is reported as that', () => {
  const reader = openSync('/dev/null', 'w');
  const { output, gone } = outputTo(reader);
  output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  closeSync(reader);
  expect(gone.map(({ code }) => code)).toEqual(['TL-WRITE-CLOSED']);
});
