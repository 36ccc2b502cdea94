import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { writePlainHead } from './plain-head.ts';

/** One answer, with all its fields. */
export interface Answer {
  readonly outgoing: ServerResponse;
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | ReadableStream<Uint8Array> | null;
}

/** What most answers are: 200, text, and no field but the constant ones and these. */
export interface PlainAnswer {
  readonly outgoing: ServerResponse;
  /** Names and values in turn. */
  readonly fields: readonly string[];
  readonly body: string;
}

/**
 * Answers that wait for the end of the event loop’s turn: all that a turn brings is read first and written after, so that the
 * processor goes through our code and through the system’s network code once each. A single request waits for nothing.
 */
export class AnswerQueue {
  #waiting: (Answer | PlainAnswer)[] = [];
  readonly #onError: (error: unknown) => void;

  /** @param onError told of an answer that could not be written, which its client has not caused */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add(answer: Answer | PlainAnswer): void {
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(answer);
  }

  /** Writes what waits, before something else is written. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const answers = this.#waiting;
    this.#waiting = [];
    for (const answer of answers) this.#write(answer);
  }

  #write(answer: Answer | PlainAnswer): void {
    const { outgoing, body } = answer;
    if (outgoing.destroyed) {
      if (body instanceof ReadableStream) void body.cancel().catch(this.#onError);
      return;
    }
    try {
      if ('fields' in answer) writePlainHead(outgoing, answer.fields);
      else outgoing.writeHead(answer.status, answer.headers);
      if (typeof body === 'string') outgoing.end(body, isAscii(body) ? 'latin1' : 'utf8');
      else if (body === null) outgoing.end();
      else void this.#stream(body, outgoing);
    } catch (error) {
      this.#onError(error);
      outgoing.destroy();
    }
  }

  async #stream(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
    try {
      await pipeline(Readable.fromWeb(body as NodeReadableStream), outgoing);
    } catch (error) {
      // A client that went away in the middle of its answer is no fault of ours.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') this.#onError(error);
    }
  }
}

/** Whether text is copied as it is: several times faster than it is encoded. */
const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;
