type State = 'size' | 'extension' | 'size-lf' | 'data' | 'data-cr' | 'data-lf' | Trailer | 'done' | 'failed';
type Trailer = 'line-start' | 'line' | 'line-lf' | 'end-lf';

/** Chunk extensions and trailers are dropped; more of them than this is an attack. */
const overheadLimitBytes = 16_384;
/** Eight hexadecimal digits: 4 GiB in one chunk. */
const sizeDigits = 8;

/**
 * Finds the data and the end of a chunked body in pieces split anywhere. Strict: sizes of plain hexadecimal digits,
 * every line ended by CR LF. What is forwarded is chunked anew, so a peer never sees the sender’s own framing.
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
      if (++this.#digits > sizeDigits) return 'failed';
      this.#size = this.#size * 16 + digit;
      return 'size';
    }
    if (this.#digits === 0) return 'failed';
    if (byte === 0x0d) return 'size-lf';
    return byte === 0x3b ? 'extension' : 'failed';
  }

  #sizeEnd(): State {
    this.#remaining = this.#size;
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

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
