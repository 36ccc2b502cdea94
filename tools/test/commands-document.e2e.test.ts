import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { commandTexts, documentFile, optionsFile } from '../commands-document.mjs';

let texts: Awaited<ReturnType<typeof commandTexts>>;
beforeAll(async () => {
  texts = await commandTexts();
});

test('the document of the command line is what the commands print: else npm run docs', () => {
  expect(readFileSync(documentFile, 'utf8')).toBe(texts.document);
});

test('completion knows every command and option that the help lists: else npm run docs', () => {
  expect(JSON.parse(readFileSync(optionsFile, 'utf8'))).toEqual(JSON.parse(texts.options));
  const { up, completion } = JSON.parse(texts.options) as Record<
    string,
    { words: string[]; options: { name: string }[] }
  >;
  expect(up?.options.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['--preset', '--speed', '--json']),
  );
  expect(completion?.words).toEqual(['bash', 'zsh', 'fish']);
});
