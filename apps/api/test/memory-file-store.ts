import { FileStoreUnavailable, type Download, type FileStore } from '../src/files/file-store.ts';

/** Files in this process. `isDown` makes every operation fail, as a server that is away. */
export class MemoryFileStore implements FileStore {
  readonly kind = 'disk';
  isDown = false;
  readonly contents: Map<string, Buffer>;

  constructor(contents = new Map<string, Buffer>()) {
    this.contents = contents;
  }

  async put(id: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    this.#check();
    const chunks: Uint8Array[] = [];
    for await (const chunk of source) chunks.push(chunk);
    this.contents.set(id, Buffer.concat(chunks));
  }

  async download(id: string): Promise<Download | undefined> {
    await Promise.resolve();
    this.#check();
    const content = this.contents.get(id);
    if (content === undefined) return undefined;
    return { kind: 'content', byteCount: content.byteLength, open: () => new Blob([content]).stream() };
  }

  async delete(ids: readonly string[]): Promise<void> {
    await Promise.resolve();
    this.#check();
    for (const id of ids) this.contents.delete(id);
  }

  close(): void {
    this.isDown = true;
  }

  #check(): void {
    if (this.isDown) throw new FileStoreUnavailable('the store is down');
  }
}
