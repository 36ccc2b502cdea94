/** Field names that most heads are made of. */
const usual = [
  ...[
    'accept',
    'accept-encoding',
    'accept-language',
    'accept-ranges',
    'age',
    'authorization',
    'cache-control',
  ],
  ...[
    'connection',
    'content-encoding',
    'content-length',
    'content-security-policy',
    'content-type',
    'cookie',
  ],
  ...['cross-origin-resource-policy', 'date', 'etag', 'expect', 'host', 'if-modified-since', 'if-none-match'],
  ...[
    'keep-alive',
    'last-modified',
    'location',
    'origin',
    'referer',
    'referrer-policy',
    'server',
    'set-cookie',
  ],
  ...['transfer-encoding', 'upgrade', 'user-agent', 'vary', 'x-amzn-trace-id', 'x-content-type-options'],
  ...['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto', 'x-frame-options', 'x-request-id'],
];

/** The usual names by their length: few of a length, and told apart by their first letters. */
const byLength: readonly (readonly string[])[] = Array.from({ length: 32 }, (_, length) =>
  usual.filter((name) => name.length === length),
);

/**
 * The field name between two offsets, in lower case. A usual name is not copied out of the text: a head has ten of them, and
 * making ten strings takes longer than reading their letters.
 */
export function lowerCaseName(text: string, start: number, end: number): string {
  const candidates = byLength[end - start];
  if (candidates !== undefined) for (const name of candidates) if (isAt(text, start, name)) return name;
  return text.slice(start, end).toLowerCase();
}

/** @param name of lower-case letters and hyphens */
function isAt(text: string, start: number, name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    const code = text.charCodeAt(start + index);
    const expected = name.charCodeAt(index);
    // Capital letters differ from small ones in this bit; below them, nothing may differ.
    if (code !== expected && (code < 0x41 || (code | 0x20) !== expected)) return false;
  }
  return true;
}
