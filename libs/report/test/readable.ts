import { expect } from '@jest/globals';

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => entities[entity] ?? entity);

/** What a reader of the page reads. */
export const readableHtml = (page: string): string => unescaped(page.replace(/<[^>]*>/gu, ' '));

/** What a reader of the rendered Markdown reads. */
export const readableMarkdown = (text: string): string => unescaped(text.replace(/\\(.)/gu, '$1'));

const tag = /<(\/?)([a-z]\w*)((?:\s[\w-]+="[^"<]*")*)\s*(\/?)>/gu;
const voidElements = new Set(['meta']);

/** Fails unless every element is closed in order, every attribute is quoted, and every `&` begins an entity. */
export function expectWellFormed(page: string): void {
  const open: string[] = [];
  const body = page.replace(/^<!doctype html>/u, '').replace(/<style>.*?<\/style>/su, '');
  for (const [, closing, name = '', , selfClosing] of body.matchAll(tag)) {
    if (closing === '/' && open.at(-1) === name) open.pop();
    else if (selfClosing === '' && !voidElements.has(name)) open.push(name);
  }
  expect(open).toEqual([]);
  expect(body.replace(tag, '')).not.toMatch(/[<>]/u);
  expect(body).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/u);
}
