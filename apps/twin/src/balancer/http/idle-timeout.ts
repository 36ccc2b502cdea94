import type { Socket } from 'node:net';
import { turnNow } from './turn.ts';

/**
 * The time for which a connection may carry nothing. The socket’s own timeout moves a timer at every read and write; this one
 * notes the time, and looks at it when the timeout could be over. Where the peer does not take what it is sent, the socket’s own
 * takes over: only that one sees the system send a part of a write.
 */
export class IdleTimeout {
  readonly #socket: Socket;
  readonly #timeoutMs: number;
  readonly #onIdle: () => void;
  #lastMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** Begins to wait. @param onIdle called once for each time of silence */
  constructor(socket: Socket, timeoutMs: number, onIdle: () => void) {
    this.#socket = socket;
    this.#timeoutMs = timeoutMs;
    this.#onIdle = onIdle;
    this.touch();
  }

  /** Something has been read or written: the wait begins anew. */
  touch(): void {
    this.#lastMs = turnNow();
    if (this.#timer === undefined && !this.#isOver) this.#wait(this.#timeoutMs);
  }

  /** The peer is slow: from now on, the socket’s own timeout sees what it takes. */
  handOver(): void {
    if (this.#isOver) return;
    this.stop();
    this.#socket.setTimeout(this.#timeoutMs, this.#onIdle);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#look(), milliseconds);
    this.#timer.unref();
  }

  #look(): void {
    this.#timer = undefined;
    const leftMs = this.#lastMs + this.#timeoutMs - performance.now();
    if (this.#socket.writableLength > 0) this.handOver();
    else if (leftMs > 0) this.#wait(Math.ceil(leftMs));
    else this.#onIdle();
  }
}
