import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { batchesOfLines } from './text-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-lines-'));
const linesOf = async (content: string): Promise<readonly string[]> => {
  const path = join(folder, 'lines.txt');
  writeFileSync(path, content);
  const lines: string[] = [];
  for await (const batch of batchesOfLines(path)) lines.push(...batch);
  return lines;
};

test.each([
  ['line feeds', 'a\nb\n\nc\n'],
  ['returns and line feeds', 'a\r\nb\r\n\r\nc\r\n'],
  ['returns', 'a\rb\r\rc\r'],
  ['all three', 'a\rb\r\n\nc'],
])('lines end with %s', async (_, content) => {
  expect(await linesOf(content)).toEqual(['a', 'b', '', 'c']);
});

test('a return that ends one piece of a file and a line feed that begins the next are one end', async () => {
  const row = 'x'.repeat(262_143);
  expect(await linesOf(`${row}\r\nb\r\n`)).toEqual([row, 'b']);
  expect(await linesOf(`${row}\rb\r`)).toEqual([row, 'b']);
});
