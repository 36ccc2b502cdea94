/** Character classes of RFC 9110, as tables: the head of every request goes through them byte by byte. */
const table = (allowed: (code: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => (allowed(code) ? 1 : 0));

/** Letters, digits and hyphens, in `nameTable`. */
export const plainName = 1;
const otherName = 2;

const tokenCharacters = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;
const hostCharacters = /[A-Za-z0-9._~!$&'()*+,;=:[\]%-]/;

const plainCharacters = /[-0-9A-Za-z]/;

/** What a method or field name may hold: 0 for what it may not, `plainName`, or another number for the other marks. */
export const nameTable = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (!tokenCharacters.test(character)) return 0;
  return plainCharacters.test(character) ? plainName : otherName;
});
/** Visible characters, space, tab and obs-text; no control characters. */
export const fieldValueTable = table((code) => code === 0x09 || (code >= 0x20 && code !== 0x7f));
/** Visible ASCII, as a request target must be. */
export const targetTable = table((code) => code > 0x20 && code < 0x7f);
const hostTable = table((code) => hostCharacters.test(String.fromCharCode(code)));

/** True when every character is in a table; also of an empty text. */
export function isOf(allowed: Uint8Array, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (!allowed[text.charCodeAt(index)]) return false;
  return true;
}

/** True when the text can be a Host: a name or address with an optional port, or empty. */
export const isHost = (text: string): boolean => isOf(hostTable, text);

/** True when the text is one or more decimal digits, and nothing else. */
export function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x30 || code > 0x39) return false;
  }
  return text.length > 0;
}

/** True of a space and a tab. */
export const isBlank = (code: number | undefined): boolean => code === 0x20 || code === 0x09;

/** Value of a hexadecimal digit; -1 of any other character. */
export function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
