import { isFieldValueCode, isTokenCode } from './characters.ts';
import type { FieldNames } from './field-names.ts';

const cr = 0x0d;
const lf = 0x0a;
const colon = 0x3a;
const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/**
 * Walks over the field lines of a head, strictly: a token, a colon right behind it, a value without control characters, CR LF.
 * Folded lines, bare CR or LF and space before the colon are malformed; peers that read those differently can be played off against each other.
 */
export class FieldCursor {
  readonly #text: string;
  #at: number;
  /** Set when the walk ended at a line that is not a field. */
  malformed = false;
  lineStart = 0;
  /** Just behind the line’s CR LF. */
  lineEnd = 0;
  #nameEnd = 0;
  #valueStart = 0;
  #valueEnd = 0;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  /** Field name in lower case. */
  get name(): string {
    return this.#text.slice(this.lineStart, this.#nameEnd).toLowerCase();
  }

  /** The same where it is one of these names, empty otherwise: most names matter to no one, and this does not copy them. */
  nameIn(names: FieldNames): string {
    return names.find(this.#text, this.lineStart, this.#nameEnd);
  }

  /** Value without the blanks around it. */
  get value(): string {
    return this.#text.slice(this.#valueStart, this.#valueEnd);
  }

  /** Moves to the next field; false at the end of the head or at a malformed line. */
  next(): boolean {
    const text = this.#text;
    const start = this.#at;
    if (start === text.length) return false;
    let at = start;
    while (isTokenCode(text.charCodeAt(at))) at++;
    if (at === start || text.charCodeAt(at) !== colon) return this.#fail();
    this.lineStart = start;
    this.#nameEnd = at++;
    while (isBlank(text.charCodeAt(at))) at++;
    this.#valueStart = at;
    while (isFieldValueCode(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== cr || text.charCodeAt(at + 1) !== lf) return this.#fail();
    this.lineEnd = this.#at = at + 2;
    while (at > this.#valueStart && isBlank(text.charCodeAt(at - 1))) at--;
    this.#valueEnd = at;
    return true;
  }

  #fail(): boolean {
    this.malformed = true;
    return false;
  }
}

/** Value of the first field of that name, in lower case; undefined when there is none. `lines` must be well-formed. */
export function fieldValue(lines: string, name: string): string | undefined {
  const cursor = new FieldCursor(lines, 0);
  while (cursor.next()) if (cursor.name === name) return cursor.value;
  return undefined;
}

/** The field lines without those of the given names. `lines` must be well-formed. */
export function withoutFields(lines: string, names: ReadonlySet<string>): string {
  const cursor = new FieldCursor(lines, 0);
  let kept = '';
  while (cursor.next()) {
    if (!names.has(cursor.name)) kept += lines.slice(cursor.lineStart, cursor.lineEnd);
  }
  return kept;
}
