/** Bytes of a number as a varint (Protocol Buffers, “Encoding”). @param value whole, from 0 to 2^31 − 1 */
function varintLength(value: number): number {
  let length = 1;
  for (let rest = value >>> 7; rest !== 0; rest >>>= 7) length += 1;
  return length;
}

/** Of a message with its tag and its own length before it, in bytes. */
export const taggedLength = (length: number): number => 1 + varintLength(length) + length;

/** Short text is measured and written here: a call into the engine’s own code costs more than a path’s few characters. */
const shortLength = 64;

export const utf8Length = (text: string): number =>
  text.length <= shortLength && isAscii(text) ? text.length : Buffer.byteLength(text);

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/**
 * Writes protobuf into memory that is shared with another thread, without a look at its end: the caller has counted the
 * bytes. A library’s writer grows its memory, and moves what it wrote behind each length that it did not know.
 */
export class ProtobufWriter {
  readonly bytes: Buffer<SharedArrayBuffer>;
  readonly #view: DataView;
  /** Where the next byte goes. */
  at = 0;

  constructor(memory: SharedArrayBuffer) {
    this.bytes = Buffer.from(memory);
    this.#view = new DataView(memory);
  }

  byte(value: number): void {
    this.bytes[this.at++] = value;
  }

  /** @param value whole, from 0 to 2^31 − 1 */
  varint(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** A tag, and how long what comes next is. */
  tagged(tag: number, length: number): void {
    this.byte(tag);
    this.varint(length);
  }

  /** What is written already. */
  part(part: Uint8Array): void {
    this.bytes.set(part, this.at);
    this.at += part.length;
  }

  /** @param length of the text in bytes, by `utf8Length` */
  text(text: string, length: number): void {
    if (length === text.length && length <= shortLength)
      for (let index = 0; index < length; index += 1) this.bytes[this.at + index] = text.charCodeAt(index);
    else this.bytes.write(text, this.at);
    this.at += length;
  }

  /** Two bytes, the upper one first: a tag of two, or a tag and a short length. */
  pair(value: number): void {
    this.#view.setUint16(this.at, value);
    this.at += 2;
  }

  /** Four bytes of an id, the uppermost first. */
  word(value: number): void {
    this.#view.setInt32(this.at, value);
    this.at += 4;
  }

  fixed32(value: number): void {
    this.#view.setUint32(this.at, value, true);
    this.at += 4;
  }
}
