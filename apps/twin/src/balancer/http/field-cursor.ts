import { fieldValueTable, isBlank, nameTable, plainName } from './characters.ts';
import type { FieldNames } from './field-names.ts';

const cr = 0x0d;
const lf = 0x0a;
const colon = 0x3a;
const firstBeyondAscii = 0x80;

const invalidLine = /^([^\0\r\n: \t](?:[^\0\r\n:]*[^\0\r\n: \t])?):[^\0\r\n]*$/;

/** The bytes that a head was read from: to look at a byte takes a third of the time that a character of a text takes. */
export interface HeadSource {
  readonly bytes: Uint8Array;
  /** Of the head’s first character among them. */
  readonly start: number;
}

export const sourceOf = (head: string): HeadSource => ({ bytes: Buffer.from(head, 'latin1'), start: 0 });

/**
 * Walks over the field lines of a head, strictly: a token, a colon right behind it, a value without control characters, CR LF.
 * Folded lines, bare CR or LF and space before the colon are malformed; peers that read those differently can be played off against each other.
 */
export class FieldCursor {
  readonly #text: string;
  readonly #bytes: Uint8Array;
  /** Offset of the text among the bytes. */
  readonly #offset: number;
  #at: number;
  /** Set when the walk ended at a line that is not a field. */
  malformed = false;
  lineStart = 0;
  /** Just behind the line’s CR LF; before the first line where that begins. */
  lineEnd: number;
  /** The name is one of letters, digits and hyphens. */
  isPlain = true;
  /** The value holds characters beyond ASCII. */
  isBeyondAscii = false;
  #nameEnd = 0;
  #valueStart = 0;
  #valueEnd = 0;

  constructor(text: string, start: number, source: HeadSource = sourceOf(text)) {
    this.#text = text;
    this.#bytes = source.bytes;
    this.#offset = source.start;
    this.#at = start;
    this.lineEnd = start;
  }

  /** Field name in lower case. */
  get name(): string {
    return this.#text.slice(this.lineStart, this.#nameEnd).toLowerCase();
  }

  /** The same where it is one of these names, empty otherwise: most names matter to no one, and this does not copy them. */
  nameIn(names: FieldNames): string {
    return names.find(this.#text, this.lineStart, this.#nameEnd);
  }

  get nameLength(): number {
    return this.#nameEnd - this.lineStart;
  }

  /** Code of the name’s first character. */
  get firstCode(): number {
    return this.#bytes[this.#offset + this.lineStart] ?? 0;
  }

  /** Field name as it came. */
  get spelling(): string {
    return this.#text.slice(this.lineStart, this.#nameEnd);
  }

  /** Value without the blanks around it. */
  get value(): string {
    return this.#text.slice(this.#valueStart, this.#valueEnd);
  }

  /** Moves to the next field; false at the end of the head or at a malformed line. */
  next(): boolean {
    if (this.#at === this.#text.length) return false;
    const bytes = this.#bytes;
    const offset = this.#offset;
    const start = this.#at + offset;
    const nameEnd = this.#nameEndFrom(start);
    if (nameEnd === start || bytes[nameEnd] !== colon) return this.#fail();
    let at = nameEnd + 1;
    while (isBlank(bytes[at])) at++;
    const valueStart = at;
    let codes = 0;
    for (let code = bytes[at] ?? 0; fieldValueTable[code] === 1; code = bytes[++at] ?? 0) codes |= code;
    if (bytes[at] !== cr || bytes[at + 1] !== lf) return this.#fail();
    this.lineStart = start - offset;
    this.#nameEnd = nameEnd - offset;
    this.#valueStart = valueStart - offset;
    this.lineEnd = this.#at = at + 2 - offset;
    while (at > valueStart && isBlank(bytes[at - 1])) at--;
    this.#valueEnd = at - offset;
    this.isBeyondAscii = codes >= firstBeyondAscii;
    return true;
  }

  /**
   * Moves behind the line that `next` stopped at, if all that is wrong with it are characters in its name or value. False where
   * peers could find another end of it, or other fields in it: a line without a colon or a name, one that is folded, blanks
   * before the colon, a NUL, a bare CR or LF.
   */
  skipInvalid(): boolean {
    const end = this.#text.indexOf('\r\n', this.#at);
    const line = invalidLine.exec(this.#text.slice(this.#at, end));
    if (line === null) return false;
    this.malformed = false;
    this.lineStart = this.#at;
    this.#nameEnd = this.#at + (line[1] ?? '').length;
    this.#valueStart = this.#nameEnd + 1;
    this.#valueEnd = end;
    this.lineEnd = this.#at = end + 2;
    return true;
  }

  #nameEndFrom(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    let marks = 0;
    for (let mark = nameTable[bytes[at] ?? 0] ?? 0; mark !== 0; mark = nameTable[bytes[++at] ?? 0] ?? 0)
      marks |= mark;
    this.isPlain = marks === plainName;
    return at;
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
