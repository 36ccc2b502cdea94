/** What a file is called and what it is, for the browser that saves it. */
export interface FileLabel {
  readonly name: string;
  readonly mediaType: string;
}

/** Where the bytes of a file are: at an address that is good for a short time, or here. */
export type Download =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'content'; readonly byteCount: number; readonly open: () => ReadableStream<Uint8Array> };

/** Files by random ids. Names, owners and limits are not its concern: no path or key has user input in it. */
export interface FileStore {
  readonly kind: 's3' | 'disk';
  /**
   * Keeps the bytes under the id, whole or not at all, and at most some megabytes of them in memory. What the source
   * throws is passed on.
   */
  put(id: string, source: AsyncIterable<Uint8Array>, mediaType: string): Promise<void>;
  /** How to get at a file; undefined where there is none, if the store can tell without asking for the bytes. */
  download(id: string, label: FileLabel): Promise<Download | undefined>;
  /** Deletes those of the files that are there. */
  delete(ids: readonly string[]): Promise<void>;
  /** Lets go of connections. */
  close(): void;
}

/** The store did not carry the operation out. `cause` holds its own error. */
export class FileStoreUnavailable extends Error {
  override readonly name = 'FileStoreUnavailable';
}

/** Has the browser save a file rather than show it: nothing a user sent may run as a page of this site (RFC 6266). */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^ !#-$&-[\]-~]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
