import { plainText } from '../facts/plain-text.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as the content of a GitHub-flavoured paragraph or table cell: on one line, with nothing read as markup. */
export const escapeMarkdown = (text: string): string =>
  plainText(text)
    .replace(/[\\`*_[\]|~]/gu, (character) => `\\${character}`)
    .replace(/[&<>]/gu, (character) => entities[character] ?? character);
