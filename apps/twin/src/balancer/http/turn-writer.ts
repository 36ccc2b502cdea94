import type { Socket } from 'node:net';
import { type TurnEnd, atTurnEnd } from './turn.ts';

/**
 * Writes to a socket, texts at the end of the event loop’s turn, when all that the turn brings has been read: under load the
 * heads of dozens of connections. The processor then goes through our code and through the system’s network code once each
 * instead of to and fro, which saves an eighth of the whole; a single request waits for nothing. The texts of a turn are one
 * write. The socket’s own `cork` does the same with a list of what is held and a second way through its stream.
 */
export class TurnWriter implements TurnEnd {
  readonly #socket: Socket;
  readonly #onDrain: () => void;
  readonly #onBehind: () => void;
  #text = '';
  #isWaiting = false;
  #isCorked = false;
  /** A text that is held was answered with false, and the socket does not know of it. */
  #owesDrain = false;

  constructor(
    socket: Socket,
    on: {
      /** There is room again, after a write that returned false. */
      readonly drain: () => void;
      /** The system has not taken all of a write: the peer is slow. */
      readonly behind: () => void;
    },
  ) {
    this.#socket = socket;
    this.#onDrain = on.drain;
    this.#onBehind = on.behind;
    socket.on('drain', on.drain);
  }

  /** Not all that was written is with the system yet. */
  get holdsBytes(): boolean {
    return this.#text !== '' || this.#socket.writableLength > 0;
  }

  /** A text of this turn has not left. */
  get holdsText(): boolean {
    return this.#text !== '';
  }

  /** The latest write returned false, and there is no room yet. */
  get needsDrain(): boolean {
    return this.#owesDrain || this.#socket.writableNeedDrain;
  }

  /** False when there is no room for more: hold back until it has drained. */
  writeText(text: string): boolean {
    if (this.#isCorked) return this.#socket.write(text, 'latin1');
    this.#text += text;
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      atTurnEnd(this);
    }
    const hasRoom = this.#socket.writableLength + this.#text.length < this.#socket.writableHighWaterMark;
    if (!hasRoom) this.#owesDrain = true;
    return hasRoom;
  }

  /** The bytes leave at once, in one system call with the texts before them. They must not change while `holdsBytes`. */
  writeBytes(bytes: Buffer): boolean {
    const isWithText = this.#text !== '';
    if (isWithText) this.cork();
    const hasRoom = this.#socket.write(bytes);
    if (isWithText) this.uncork();
    else this.#look();
    return hasRoom;
  }

  /** Several writes until `uncork` leave in one system call. */
  cork(): void {
    this.#isCorked = true;
    this.#socket.cork();
    this.flush();
  }

  uncork(): void {
    this.#isCorked = false;
    this.#socket.uncork();
    this.#look();
  }

  /** Writes what is held. */
  flush(): void {
    const text = this.#text;
    if (text === '') return;
    this.#text = '';
    const wasFull = this.#owesDrain;
    this.#owesDrain = false;
    if (this.#socket.destroyed) return;
    const hasRoom = this.#socket.write(text, 'latin1');
    this.#look();
    if (wasFull && hasRoom) process.nextTick(this.#onDrain);
  }

  #look(): void {
    if (this.#socket.writableLength > 0 && !this.#isCorked) this.#onBehind();
  }

  endTurn(): void {
    this.#isWaiting = false;
    this.flush();
  }
}
