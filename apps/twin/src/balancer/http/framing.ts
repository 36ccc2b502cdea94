import { isDigits } from './characters.ts';

/** How a body’s end is found: after a number of bytes, by its chunks, or when the connection closes. */
export type BodyFraming = number | 'chunked' | 'until-close';

/** The fields that decide framing and the fate of the connection, gathered while a head is read. */
export class FramingFields {
  contentLength: number | undefined;
  chunked = false;
  /** Why the fields contradict each other or cannot be understood; the message must then be refused. */
  problem: 'malformed' | 'unsupported-coding' | undefined;
  close = false;
  keepAlive = false;
  upgrade = false;
  /** Fields that `Connection` declares to be hop-by-hop, beyond the ones always treated so. */
  nominated: Set<string> | undefined;

  /** Strict: one Content-Length of plain digits. Repeated or signed ones are how requests are smuggled. */
  addContentLength(value: string): void {
    const length = isDigits(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(length) || this.contentLength !== undefined) {
      this.problem = 'malformed';
      return;
    }
    this.contentLength = length;
    if (this.chunked) this.problem = 'malformed';
  }

  /** Only `chunked`, alone and once: any other coding would have to be understood to find the end of the body. */
  addTransferEncoding(value: string): void {
    if (this.chunked || this.contentLength !== undefined) {
      this.problem = 'malformed';
      return;
    }
    if (value.toLowerCase() !== 'chunked') {
      this.problem ??= 'unsupported-coding';
      return;
    }
    this.chunked = true;
  }

  addConnection(value: string): void {
    const options = value.toLowerCase();
    if (!options.includes(',')) this.#addConnectionOption(options);
    else for (const option of options.split(',')) this.#addConnectionOption(option.trim());
  }

  #addConnectionOption(name: string): void {
    if (name === 'close') this.close = true;
    else if (name === 'keep-alive') this.keepAlive = true;
    else if (name === 'upgrade') this.upgrade = true;
    else if (name !== '' && !essential.has(name)) (this.nominated ??= new Set()).add(name);
  }
}

/** Naming one of these in `Connection` must not make it disappear: the target would see another request than the client sent. */
const essential = new Set(['host', 'content-length', 'transfer-encoding', 'content-type', 'authorization']);
