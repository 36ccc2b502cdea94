import { plainText } from '../facts/plain-text.ts';

/** A piece of HTML or SVG that is already escaped. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | null | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Builds HTML or SVG. Whatever is filled in is escaped unless it is markup itself, in content as in quoted attributes;
 * `null` is nothing.
 */
export const markup = (strings: TemplateStringsArray, ...values: readonly Value[]): Markup => ({
  markup: strings.map((string, index) => string + rendered(values[index] ?? null)).join(''),
});

/** Text that is known to be markup, such as a style sheet of our own. Never for text from a record. */
export const trusted = (text: string): Markup => ({ markup: text });

export const nothing: Markup = { markup: '' };

function rendered(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  if ('markup' in value) return value.markup;
  return value.map((piece) => piece.markup).join('');
}

const escaped = (text: string): string =>
  plainText(text).replace(/[&<>"']/gu, (character) => entities[character] ?? character);
