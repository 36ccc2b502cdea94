import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { errorCodes } from '../src/codes/error-codes.ts';
import { warningCodes } from '../src/codes/warning-codes.ts';

const source = join(import.meta.dirname, '..', 'src');
const files = await readdir(source, { recursive: true });
const read = async (keep: (file: string) => boolean): Promise<string> =>
  (
    await Promise.all(
      files
        .filter((file) => file.endsWith('.ts') && keep(file))
        .map((file) => readFile(join(source, file), 'utf8')),
    )
  ).join('\n');

const program = await read((file) => !file.startsWith('codes') && !file.endsWith('.test.ts'));
const tests = await read((file) => file.endsWith('.test.ts'));

/** Shown by the end-to-end suite, where no loader is in reach. */
const shownElsewhere = ['TL-CONFIG-FILE-LOADER'];

test.each([...Object.keys(errorCodes), ...Object.keys(warningCodes)])(
  '%s is raised by the code, and shown by a test',
  (code) => {
    expect(program).toContain(`'${code}'`);
    if (!shownElsewhere.includes(code)) expect(tests).toContain(code);
  },
);
