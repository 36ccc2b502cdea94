import { type HeadSource, sourceOf } from './field-cursor.ts';

const terminator = '\r\n\r\n';
const emptyLineBytes = 2;
const cr = 0x0d;
const lf = 0x0a;

/** What the bytes so far amount to: more are needed, no head can come of them, or the offset just behind the head. */
export type HeadProgress = 'incomplete' | 'malformed' | 'too-large' | number;

/**
 * Collects the head of a message (start line and field lines) from chunks split anywhere.
 * Holds at most `limitBytes`; scans each byte once, so a head that arrives byte by byte costs no more than linear time.
 */
export class HeadReader {
  readonly #limitBytes: number;
  #text = '';
  #bytes: Buffer | undefined;
  #start = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** True between messages: nothing of the next head has arrived. */
  get isEmpty(): boolean {
    return this.#text === '';
  }

  /** The bytes of the head that is complete, for as long as the chunk with its last ones does not change. */
  get source(): HeadSource {
    const bytes = this.#bytes;
    return bytes === undefined ? sourceOf(this.#text) : { bytes, start: this.#start };
  }

  /** Takes bytes from `start` to `end`. Empty lines before a head are skipped (RFC 9112, 2.2). */
  push(chunk: Buffer, start: number, end = chunk.length): HeadProgress {
    const from = this.#skipEmptyLines(chunk, start, end);
    const room = this.#limitBytes - this.#text.length;
    if (this.#text === '') {
      // Nearly every head comes in one piece: its text is made once, of its own bytes and of no others.
      const headEnd = endOfHead(chunk, from, Math.min(end, from + room));
      if (headEnd !== undefined) {
        this.#text = chunk.toString('latin1', from, headEnd - emptyLineBytes);
        this.#bytes = chunk;
        this.#start = from;
        return headEnd;
      }
    }
    this.#bytes = undefined;
    const part = chunk.toString('latin1', from, Math.min(end, from + room));
    // The terminator may begin in what came before: look at its last three characters again, not at all of it.
    const overlap = this.#text.slice(-(terminator.length - 1));
    const searched = overlap === '' ? part : overlap + part;
    const found = searched.indexOf(terminator);
    if (found >= 0) {
      const partEnd = found + terminator.length - overlap.length;
      this.#text = (this.#text + part.slice(0, partEnd)).slice(0, -emptyLineBytes);
      return from + partEnd;
    }
    this.#text += part;
    if (part.length < end - from) return 'too-large';
    return hasBareLineFeed(searched, overlap === '') ? 'malformed' : 'incomplete';
  }

  /** The complete head with the line end of its last line but without the empty line; the reader starts afresh. */
  take(): string {
    const head = this.#text;
    this.#text = '';
    this.#bytes = undefined;
    return head;
  }

  #skipEmptyLines(chunk: Buffer, start: number, end: number): number {
    let from = start;
    if (this.#text === '\r' && from < end && chunk[from] === lf) {
      this.#text = '';
      from++;
    }
    if (this.#text !== '') return from;
    while (from + 1 < end && chunk[from] === cr && chunk[from + 1] === lf) from += 2;
    return from;
  }
}

/** Offset behind the first CR LF CR LF between two offsets. Most bytes belong to none, so most steps are four bytes long. */
function endOfHead(bytes: Buffer, start: number, end: number): number | undefined {
  let at = start + terminator.length - 1;
  while (at < end) {
    const byte = bytes[at];
    if (byte === lf) {
      if (bytes[at - 1] === cr && bytes[at - 2] === lf && bytes[at - 3] === cr) return at + 1;
      at += 2;
    } else at += byte === cr ? 1 : terminator.length;
  }
  return undefined;
}

/** A line that ends in a line feed alone can never end a head, so it is refused at once instead of waited on. */
function hasBareLineFeed(text: string, atStart: boolean): boolean {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (at === 0 ? atStart : text.charCodeAt(at - 1) !== cr) return true;
  }
  return false;
}
