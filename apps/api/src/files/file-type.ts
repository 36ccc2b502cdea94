/** Media types whose content can be told from its bytes. None of them is active: no HTML, no SVG, no script. */
export const knownFileTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
  'text/csv',
] as const;

export type FileType = (typeof knownFileTypes)[number];

type Signature = readonly { readonly at: number; readonly bytes: string }[];

/** First bytes, in Latin-1, by the formats’ own specifications. */
const signatures: Readonly<Partial<Record<FileType, Signature>>> = {
  'image/png': [{ at: 0, bytes: '\x89PNG\r\n\x1a\n' }],
  'image/jpeg': [{ at: 0, bytes: '\xff\xd8\xff' }],
  'image/gif': [{ at: 0, bytes: 'GIF8' }],
  'image/webp': [
    { at: 0, bytes: 'RIFF' },
    { at: 8, bytes: 'WEBP' },
  ],
  'application/pdf': [{ at: 0, bytes: '%PDF-' }],
};

/** Bytes that are enough to know a signature. */
export const headByteCount = 12;

/** The media type that the first bytes of a file have, of those that have a signature. */
export function signatureOf(head: Uint8Array): FileType | undefined {
  const text = Buffer.from(head.subarray(0, headByteCount)).toString('latin1');
  return knownFileTypes.find((type) =>
    signatures[type]?.every(({ at, bytes }) => text.startsWith(bytes, at)),
  );
}

export const isText = (type: FileType): boolean => type.startsWith('text/');

/** The media type without its parameters, in lower case. */
export const bareMediaType = (contentType: string): string =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
