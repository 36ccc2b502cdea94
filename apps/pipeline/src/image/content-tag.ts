import { createHash } from 'node:crypto';

/** Everything that an image is made of. */
export interface ImageContent {
  /** Contents by name, or the digest of a content that is not held in memory. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** What the build is told beside its files. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly platform: string;
  /** Null: the one that the Dockerfile names. */
  readonly baseImage: string | null;
}

const tagLength = 20;

/** A tag that is the same for the same content, on every machine and at any time. */
export function contentTag({ files, settings, platform, baseImage }: ImageContent): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ platform, baseImage, ...settings }));
  for (const name of Object.keys(files).sort()) {
    const content = files[name] ?? new Uint8Array();
    // Lengths keep the end of one file from passing for the start of the next.
    hash.update(`\n${name} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, tagLength);
}
