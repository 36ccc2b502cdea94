import { type Socket, connect } from 'node:net';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { HeadReader } from './head-reader.ts';
import { type ResponseHead, parseResponseHead, responseHeadLimitBytes } from './response-head.ts';

/** How an exchange with a target failed. */
export type TargetFailure = 'refused' | 'connect-timeout' | 'reset' | 'malformed' | 'timeout';

/** Bytes of a body where they were read. Those before them hold nothing any more: what goes out ahead may be put there. */
export interface BodyPart {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Receives one response. False asks for a pause until `resumeResponse`. */
export interface ResponseSink {
  interim(head: ResponseHead): void;
  response(head: ResponseHead, part: BodyPart, isLast: boolean): boolean;
  body(part: BodyPart, isLast: boolean): boolean;
  /** False once the system has taken all that was handed over: its bytes may be overwritten. */
  readonly holdsBytes: boolean;
  failed(failure: TargetFailure): void;
  /** The target takes more of the request’s body again. */
  requestDrained(): void;
}

export interface TargetConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly idleTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Called once per exchange, when it is over; `reusable` means that another may follow on this connection. */
  readonly onFree: (connection: TargetConnection, reusable: boolean) => void;
  /** Called when a connection without an exchange has closed. */
  readonly onIdleClosed: (connection: TargetConnection) => void;
}

/**
 * Bytes are handed on where they were read, and the system takes them at once unless the client is slow: then they are left to
 * it, and the connection reads into another buffer.
 */
const readBufferBytes = 65_536;
const nothing: BodyPart = { bytes: Buffer.alloc(0), start: 0, end: 0 };

/** One keep-alive connection to a target, which carries one exchange at a time. */
export class TargetConnection {
  readonly #socket: Socket;
  readonly #options: TargetConnectionOptions;
  readonly #head = new HeadReader(responseHeadLimitBytes);
  #sink: ResponseSink | undefined;
  #method = '';
  #requestSent = false;
  #response: ResponseHead | undefined;
  #isHeadPassed = false;
  #remaining = 0;
  #chunks: ChunkedDecoder | undefined;
  #connected = false;
  #closed = false;
  #buffer: Buffer = Buffer.allocUnsafeSlow(readBufferBytes);

  constructor(options: TargetConnectionOptions) {
    this.#options = options;
    this.#socket = connect({
      host: options.host,
      port: options.port,
      noDelay: true,
      onread: {
        // Asked for after each read.
        buffer: () => this.#buffer,
        callback: (length) => this.#read(length),
      },
    });
    this.#socket.setTimeout(options.connectTimeoutMs);
    this.#socket.on('connect', () => {
      this.#connected = true;
      this.#socket.setTimeout(options.idleTimeoutMs);
    });
    this.#socket.on('timeout', () => this.#fail(this.#connected ? 'timeout' : 'connect-timeout'));
    this.#socket.on('drain', () => this.#sink?.requestDrained());
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('error', () => this.#fail(this.#connected ? 'reset' : 'refused'));
    this.#socket.on('close', () => this.#fail('reset'));
  }

  /** False once the target has closed its side, or either side has failed. */
  get isUsable(): boolean {
    return !this.#closed && this.#socket.writable && this.#socket.readable;
  }

  /** Starts an exchange on a connection that has none. */
  begin(sink: ResponseSink, method: string): void {
    this.#sink = sink;
    this.#method = method;
    this.#requestSent = false;
  }

  /** Several writes until `uncork` leave in one system call. */
  cork(): void {
    this.#socket.cork();
  }

  uncork(): void {
    this.#socket.uncork();
  }

  /** False when the target is slower than the client: hold back until `requestDrained`. */
  writeText(text: string): boolean {
    return this.#socket.write(text, 'latin1');
  }

  /** The buffer must not change afterwards. */
  writeBytes(bytes: Buffer): boolean {
    return this.#socket.write(bytes);
  }

  /** The whole request has been written. */
  requestSent(): void {
    this.#requestSent = true;
  }

  resumeResponse(): void {
    this.#socket.resume();
  }

  /** Ends the connection, and its exchange without another word to the sink. */
  destroy(): void {
    if (this.#closed) return;
    this.#closed = true;
    const hadExchange = this.#sink !== undefined;
    this.#sink = undefined;
    this.#socket.destroy();
    if (hadExchange) this.#options.onFree(this, false);
    else this.#options.onIdleClosed(this);
  }

  #fail(failure: TargetFailure): void {
    const sink = this.#sink;
    this.destroy();
    sink?.failed(failure);
  }

  #ended(): void {
    if (this.#response?.body === 'until-close') this.#pass(nothing, { isLast: true, isClean: false });
    else this.#fail('reset');
  }

  /** Returns false to stop reading. */
  #read(length: number): boolean {
    if (this.#closed) return false;
    // Bytes nobody asked for: whatever they are, the next response could not be told from them.
    if (this.#sink === undefined) {
      this.destroy();
      return false;
    }
    return this.#response === undefined ? this.#readHead(this.#sink, length) : this.#readBody(0, length);
  }

  #readHead(sink: ResponseSink, length: number): boolean {
    const bytes = this.#buffer.subarray(0, length);
    let at = 0;
    while (at < length) {
      const progress = this.#head.push(bytes, at);
      if (progress === 'incomplete') return true;
      const head =
        typeof progress === 'number' ? parseResponseHead(this.#head.take(), this.#method) : undefined;
      // 101 cannot be meant: no upgrade is ever forwarded.
      if (typeof progress !== 'number' || head === undefined || head.status === 101) {
        this.#fail('malformed');
        return false;
      }
      at = progress;
      if (head.status < 200) {
        sink.interim(head);
        continue;
      }
      this.#response = head;
      this.#isHeadPassed = false;
      this.#remaining = typeof head.body === 'number' ? head.body : 0;
      if (head.body === 'chunked') this.#chunks = new ChunkedDecoder();
      return this.#readBody(at, length);
    }
    return true;
  }

  /** Takes the bytes between two offsets of the buffer as body. */
  #readBody(start: number, end: number): boolean {
    const bytes = this.#buffer;
    if (this.#chunks !== undefined) return this.#readChunks(this.#chunks, start, end);
    if (this.#response?.body === 'until-close')
      return this.#pass({ bytes, start, end }, { isLast: false, isClean: true });
    const length = Math.min(this.#remaining, end - start);
    this.#remaining -= length;
    return this.#pass(
      { bytes, start, end: start + length },
      { isLast: this.#remaining === 0, isClean: start + length === end },
    );
  }

  #readChunks(chunks: ChunkedDecoder, start: number, end: number): boolean {
    // Decoding in place: the read buffer is ours, and data only moves towards its front.
    const data = this.#buffer.subarray(start, end);
    const length = chunks.decode(data, 0, data);
    if (chunks.hasFailed) {
      this.#fail('malformed');
      return false;
    }
    const isClean = chunks.consumedTo === data.length;
    return this.#pass(
      { bytes: this.#buffer, start, end: start + length },
      { isLast: chunks.isDone, isClean },
    );
  }

  /** Hands a part of the body on, the first one with the head. `isClean`: nothing came behind the end of the response. */
  #pass(
    part: BodyPart,
    { isLast, isClean }: { readonly isLast: boolean; readonly isClean: boolean },
  ): boolean {
    const sink = this.#sink;
    const head = this.#response;
    if (sink === undefined || head === undefined) return false;
    // The connection is free before the sink hears of the end, so that the client's next request can take it.
    if (isLast) this.#finish(head.keepAlive && isClean && this.#requestSent);
    const isWithHead = !this.#isHeadPassed;
    this.#isHeadPassed = true;
    const takesMore = isWithHead ? sink.response(head, part, isLast) : sink.body(part, isLast);
    if (sink.holdsBytes) this.#buffer = Buffer.allocUnsafeSlow(readBufferBytes);
    return isLast || takesMore;
  }

  #finish(reusable: boolean): void {
    this.#sink = undefined;
    this.#response = undefined;
    this.#chunks = undefined;
    if (!reusable) {
      this.#closed = true;
      this.#socket.destroy();
    }
    this.#options.onFree(this, reusable);
  }
}
