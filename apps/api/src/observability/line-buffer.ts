/** Where blocks of lines go. */
export interface BlockSink {
  write(block: Buffer): unknown;
  /** Writes out what the sink itself still holds, and returns when that is done. */
  flushSync(): void;
}

export interface LineBufferOptions {
  readonly sink: BlockSink;
  /** Calls back once, later: bounds how old a buffered line gets. */
  readonly schedule: (flush: () => void) => void;
}

const blockCharacters = 32_768;

/**
 * Collects lines into blocks, because handing each line to an asynchronous sink costs more than making it: sonic-boom
 * measures everything it holds at every write.
 */
export class LineBuffer {
  readonly #sink: BlockSink;
  readonly #schedule: LineBufferOptions['schedule'];
  #block = '';

  constructor({ sink, schedule }: LineBufferOptions) {
    this.#sink = sink;
    this.#schedule = schedule;
  }

  write(line: string): void {
    if (this.#block === '') this.#schedule(() => this.#pass());
    this.#block += line;
    if (this.#block.length >= blockCharacters) this.#pass();
  }

  flushSync(): void {
    this.#pass();
    this.#sink.flushSync();
  }

  #pass(): void {
    if (this.#block === '') return;
    const block = this.#block;
    this.#block = '';
    this.#sink.write(bytesOf(block));
  }
}

/** UTF-8. Nearly every block is ASCII, which is copied several times faster than it is encoded. */
const bytesOf = (block: string): Buffer =>
  Buffer.from(block, Buffer.byteLength(block) === block.length ? 'latin1' : 'utf8');
