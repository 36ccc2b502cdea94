/** Capital letters differ from small ones in this bit. */
const caseBit = 0x20;
const firstCapital = 0x41;
const letters = 32;

interface Candidate {
  readonly name: string;
  readonly codes: Uint8Array;
}

/**
 * A set of field names that finds one in a text without copying it out: a head has ten names, hardly any of which matter, and
 * making ten strings takes longer than reading all the rest of it.
 */
export class FieldNames {
  /** By length and first letter, which leaves one or two. */
  readonly #candidates: (readonly Candidate[] | undefined)[] = [];

  /** @param names in lower case, of letters, digits and hyphens, each beginning with a letter */
  constructor(names: readonly string[]) {
    for (const name of names) {
      const key = keyOf(name.length, name.charCodeAt(0));
      const candidate = { name, codes: Uint8Array.from(name, (character) => character.charCodeAt(0)) };
      this.#candidates[key] = [...(this.#candidates[key] ?? []), candidate];
    }
  }

  /** The name between two offsets where it is one of the set, however spelled; empty otherwise. */
  find(text: string, start: number, end: number): string {
    const candidates = this.#candidates[keyOf(end - start, text.charCodeAt(start))];
    if (candidates === undefined) return '';
    for (const { name, codes } of candidates) if (isAt(text, start, codes)) return name;
    return '';
  }
}

const keyOf = (length: number, firstCode: number): number => length * letters + (firstCode & (letters - 1));

function isAt(text: string, start: number, codes: Uint8Array): boolean {
  for (let index = 0; index < codes.length; index++) {
    const code = text.charCodeAt(start + index);
    const expected = codes[index];
    if (code !== expected && (code < firstCapital || (code | caseBit) !== expected)) return false;
  }
  return true;
}
