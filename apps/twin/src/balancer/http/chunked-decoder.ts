import { hexValue, isBlank } from './characters.ts';

type State =
  | 'size'
  | 'size-blank'
  | 'extension'
  | 'size-lf'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | Trailer
  | 'done'
  | 'failed';
type Trailer = 'line-start' | 'line' | 'line-lf' | 'end-lf';

/** Chunk extensions and trailers are dropped; so much more of them than of data is an attack. */
const overheadLimitBytes = 16_384;
/** A chunk may have so much of it for nothing: a size that is padded with zeros, and a short extension. */
const overheadPerChunkBytes = 16;
/** Eight hexadecimal digits without leading zeros: 4 GiB in one chunk. */
const sizeLimit = 0xffff_ffff;

/**
 * Finds the data and the end of a chunked body in pieces split anywhere. Strict: sizes of plain hexadecimal digits,
 * as many zeros before them as RFC 9112 allows, every line ended by CR LF. What is forwarded is chunked anew, so a peer never sees the sender’s own framing.
 */
export class ChunkedDecoder {
  #state: State = 'size';
  #size = 0;
  #digits = 0;
  #remaining = 0;
  #overheadBytes = 0;
  /** Offset behind the last byte that the latest `decode` used; bytes from there on belong to the next message. */
  consumedTo = 0;

  get isDone(): boolean {
    return this.#state === 'done';
  }

  get hasFailed(): boolean {
    return this.#state === 'failed';
  }

  /**
   * Copies the data in `source` from `start` on to the front of `into`, and returns its number of bytes.
   * `into` holds at least as many bytes as come; it may be `source` itself, for data only ever moves forward.
   */
  decode(source: Buffer, start: number, into: Buffer): number {
    let written = 0;
    let at = start;
    while (at < source.length && this.#state !== 'done' && this.#state !== 'failed') {
      if (this.#state === 'data') {
        const length = Math.min(this.#remaining, source.length - at);
        source.copy(into, written, at, at + length);
        written += length;
        at += length;
        this.#remaining -= length;
        if (this.#remaining === 0) this.#state = 'data-cr';
        continue;
      }
      this.#state = this.#step(source[at] ?? 0);
      at++;
    }
    this.consumedTo = at;
    return written;
  }

  #step(byte: number): State {
    switch (this.#state) {
      case 'size':
        return this.#sizeDigit(byte);
      case 'size-blank':
        // Blanks behind the size belong to an extension; without one they are no chunk’s (RFC 9112, 7.1.1).
        return byte === 0x3b ? 'extension' : isBlank(byte) ? this.#overhead(byte, 'size-blank') : 'failed';
      case 'extension':
        return byte === 0x0d ? 'size-lf' : this.#overhead(byte, 'extension');
      case 'size-lf':
        return byte === 0x0a ? this.#sizeEnd() : 'failed';
      case 'data-cr':
        return byte === 0x0d ? 'data-lf' : 'failed';
      case 'data-lf':
        return byte === 0x0a ? 'size' : 'failed';
      case 'line-start':
        return byte === 0x0d ? 'end-lf' : this.#overhead(byte, 'line');
      case 'line':
        return byte === 0x0d ? this.#overhead(byte, 'line-lf') : this.#overhead(byte, 'line');
      case 'line-lf':
        return byte === 0x0a ? 'line-start' : 'failed';
      case 'end-lf':
        return byte === 0x0a ? 'done' : 'failed';
      case 'data':
      case 'done':
      case 'failed':
        return this.#state;
    }
  }

  #sizeDigit(byte: number): State {
    const digit = hexValue(byte);
    if (digit >= 0) {
      this.#digits++;
      this.#size = this.#size * 16 + digit;
      if (this.#size > sizeLimit) return 'failed';
      // A leading zero says nothing: any number of them is allowed, and too many are an attack.
      return this.#size === 0 ? this.#overhead(byte, 'size') : 'size';
    }
    if (this.#digits === 0) return 'failed';
    if (byte === 0x0d) return 'size-lf';
    if (isBlank(byte)) return this.#overhead(byte, 'size-blank');
    return byte === 0x3b ? 'extension' : 'failed';
  }

  #sizeEnd(): State {
    this.#remaining = this.#size;
    // Data pays for what comes with it: a sender that pads each of a million sizes is none that sends little else.
    if (this.#size > 0)
      this.#overheadBytes = Math.max(0, this.#overheadBytes - this.#size - overheadPerChunkBytes);
    this.#size = 0;
    this.#digits = 0;
    return this.#remaining === 0 ? 'line-start' : 'data';
  }

  #overhead(byte: number, next: State): State {
    this.#overheadBytes++;
    const isControl = byte < 0x20 && byte !== 0x09 && byte !== 0x0d;
    return isControl || this.#overheadBytes > overheadLimitBytes ? 'failed' : next;
  }
}
