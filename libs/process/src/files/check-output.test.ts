import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { checkOutputFile, checkOutputFolder, checkReports } from './check-output.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-output-'));
const at = (...names: readonly string[]): string => join(folder, ...names);
mkdirSync(at('there'));
writeFileSync(at('a-file'), '');
afterAll(() => rmSync(folder, { recursive: true }));

test('a place that can be written is left as it is', () => {
  checkOutputFile('--out', at('there', 'new.json'));
  checkOutputFile('--out', at('a-file'));
  checkOutputFolder('--out', at('there'));
  checkOutputFolder('--out', at('new', 'below', 'it'));
  expect(readdirSync(folder).sort()).toEqual(['a-file', 'there']);
});

test.each([
  [at('missing', 'a.json'), /^TL-WRITE-PLACE --out .*: .*missing does not exist; .*make the folder/],
  [at('a-file', 'a.json'), /a-file is no folder; .*name another folder/],
  [at('there'), /there: is a folder; .*name a file/],
])('the file %s is refused', (file, why) => {
  expect(() => checkOutputFile('--out', file)).toThrow(why);
});

test.each([
  [at('a-file'), /a-file is no folder/],
  [at('a-file', 'below', 'it'), /a-file is no folder/],
])('the folder %s is refused', (path, why) => {
  expect(() => checkOutputFolder('--out', path)).toThrow(why);
});

test('a folder that this user may not write into is refused', () => {
  const refusing = (): never => {
    throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
  };
  expect(() => checkOutputFolder('--out', at('there', 'new'), refusing)).toThrow(
    /there takes no files of this user; .*allow it/,
  );
});

test('a file below the folder of reports needs no folder before', () => {
  const out = at('reports', 'run');
  checkReports({ out, export: { junit: join(out, 'junit.xml'), csv: at('reports', 'a.csv') } });
  expect(() => checkReports({ out, export: { csv: at('reports', 'other', 'a.csv') } })).toThrow(
    /^TL-WRITE-PLACE --export csv .*other does not exist/,
  );
  expect(() => checkReports({ out: at('a-file') })).toThrow(/^TL-WRITE-PLACE --out/);
});
