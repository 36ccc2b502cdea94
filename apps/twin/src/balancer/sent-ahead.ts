/** Bytes that a client may send ahead of its answers before it is made to wait. */
const limitBytes = 65_536;

/** What a client has sent ahead while an earlier request is being answered. */
export class SentAhead {
  #chunks: Buffer[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** The client must wait until some of it has been taken. */
  get isTooMuch(): boolean {
    return this.#bytes > limitBytes;
  }

  hold(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** Hands everything out, in order. */
  take(): readonly Buffer[] {
    const chunks = this.#chunks;
    if (chunks.length > 0) this.clear();
    return chunks;
  }

  clear(): void {
    this.#chunks = [];
    this.#bytes = 0;
  }
}
