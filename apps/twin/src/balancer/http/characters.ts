/** Character classes of RFC 9110, as tables: the head of every request goes through them byte by byte. */
const table = (allowed: (code: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => (allowed(code) ? 1 : 0));

const tokenCharacters = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;
const hostCharacters = /[A-Za-z0-9._~!$&'()*+,;=:[\]%-]/;

const tokenTable = table((code) => tokenCharacters.test(String.fromCharCode(code)));
const fieldValueTable = table((code) => code === 0x09 || (code >= 0x20 && code !== 0x7f));
const targetTable = table((code) => code > 0x20 && code < 0x7f);
const hostTable = table((code) => hostCharacters.test(String.fromCharCode(code)));

/** Letters, digits and the marks that a method or field name may hold. */
export const isTokenCode = (code: number): boolean => tokenTable[code] === 1;

/** Visible characters, space, tab and obs-text; no control characters. */
export const isFieldValueCode = (code: number): boolean => fieldValueTable[code] === 1;

/** Visible ASCII, as a request target must be. */
export const isTargetCode = (code: number): boolean => targetTable[code] === 1;

/** True when the text can be a Host: a name or address with an optional port, or empty. */
export function isHost(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (hostTable[text.charCodeAt(index)] !== 1) return false;
  }
  return true;
}

/** True when the text is one or more decimal digits, and nothing else. */
export function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x30 || code > 0x39) return false;
  }
  return text.length > 0;
}
