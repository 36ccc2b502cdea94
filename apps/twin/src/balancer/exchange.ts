import type { EditFields } from './entry.ts';
import { ChunkedDecoder } from './http/chunked-decoder.ts';
import { lentBytes } from './http/read-buffers.ts';
import type { RequestHead } from './http/request-head.ts';
import type { ResponseHead } from './http/response-head.ts';
import type { BodyPart, ResponseSink, TargetFailure } from './http/response-sink.ts';
import type { TargetConnection } from './http/target-connection.ts';
import { turnNow } from './http/turn.ts';
import type { MetricsRecorder } from './metrics.ts';
import type { Target } from './targets/target.ts';

/** What the client gets in place of a response, and why. */
export interface ExchangeFailure {
  readonly status: number;
  readonly cause: string;
  readonly keepAlive: boolean;
}

/** The client’s side of an exchange. */
export interface ExchangeClient {
  /** False when the client is slower than the target: hold back until it has drained. */
  writeText(text: string): boolean;
  /** The bytes must not change while `holdsBytes`. */
  writeBytes(bytes: Buffer): boolean;
  /** Several writes until `uncork` leave in one system call. */
  cork(): void;
  uncork(): void;
  /** Not all that was written is with the system yet. */
  readonly holdsBytes: boolean;
  pauseReading(): void;
  resumeReading(): void;
  /** The response has been written whole. */
  exchangeDone(keepAlive: boolean): void;
  /** The connection carries another protocol from now on. */
  exchangeUpgraded(): void;
  /** Nothing of a response has been written: the balancer answers itself. */
  exchangeFailed(failure: ExchangeFailure): void;
  /** The response broke off: closing the connection is the only way to tell the client. */
  exchangeTruncated(cause: string): void;
}

export interface ExchangeOptions {
  readonly client: ExchangeClient;
  readonly request: RequestHead;
  /** The request’s head as the target gets it. */
  readonly forwardedHead: string;
  readonly target: Target;
  /** @default the target’s fields go out as they are */
  readonly editFields: EditFields | undefined;
  readonly metrics: MetricsRecorder;
}

const statusOf: Readonly<Record<TargetFailure, 502 | 504>> = {
  refused: 502,
  reset: 502,
  malformed: 502,
  deregistered: 502,
  'connect-timeout': 504,
  timeout: 504,
};

const causeOf: Readonly<Record<TargetFailure, string>> = {
  refused: 'the target refused the connection',
  reset: 'the target closed the connection before its response was complete',
  malformed: 'the target’s response is not well-formed HTTP',
  deregistered: 'the target was deregistered, and its deregistration delay is over',
  'connect-timeout': 'the target did not accept a connection in time',
  timeout: 'the target did not respond within the idle timeout',
};

/** One request on its way to a target and the response on its way back. */
export class Exchange implements ResponseSink {
  readonly #options: ExchangeOptions;
  readonly #connection: TargetConnection;
  readonly #sentAt: number;
  readonly #requestChunks: ChunkedDecoder | undefined;
  #requestRemaining: number;
  #isReadingPaused = false;
  #isResponseStarted = false;
  #isResponseChunked = false;
  #keepAlive = false;
  /** The latest write was of bytes where they had been read, not of a text. */
  #hasGivenBytes = false;
  #isTunnel = false;
  #isTunnelOver = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { request, target, metrics, forwardedHead } = options;
    this.#requestChunks = request.body === 'chunked' ? new ChunkedDecoder() : undefined;
    this.#requestRemaining = request.body === 'chunked' ? 0 : request.body;
    metrics.dispatched(target.id);
    this.#connection = target.begin(this, request);
    this.#sentAt = turnNow();
    this.#connection.writeText(forwardedHead);
    this.#noteSent();
  }

  get method(): string {
    return this.#options.request.method;
  }

  get target(): Target {
    return this.#options.target;
  }

  get isRequestComplete(): boolean {
    return this.#requestChunks === undefined ? this.#requestRemaining === 0 : this.#requestChunks.isDone;
  }

  /** The whole request is here, and the client has said that it sends no other: nothing is left to read. */
  get isClientDone(): boolean {
    return this.isRequestComplete && this.#options.request.isLast;
  }

  /** The client has been asked to wait because the target takes the body no faster. */
  get isReadingPaused(): boolean {
    return this.#isReadingPaused;
  }

  /** Both sides have changed to another protocol: their bytes pass as they come. */
  get isTunnel(): boolean {
    return this.#isTunnel;
  }

  get isResponseStarted(): boolean {
    return this.#isResponseStarted;
  }

  /** Forwards body bytes from `start` on; returns the offset behind the last one used, or undefined when the body is malformed. */
  forwardBody(chunk: Buffer, start: number): number | undefined {
    if (this.#isTunnel) {
      this.#heed(this.#connection.writeBytes(chunk.subarray(start)));
      return chunk.length;
    }
    const end =
      this.#requestChunks === undefined
        ? this.#forwardPlain(chunk, start)
        : this.#forwardChunks(this.#requestChunks, chunk, start);
    if (end !== undefined) this.#noteSent();
    return end;
  }

  /** Gives the exchange up, because the client has gone or cannot be answered by it. */
  abort(): void {
    if (this.#isTunnel) this.#options.metrics.lost(this.target, 'websocket');
    this.#connection.destroy();
  }

  /** The client has left a connection that carries another protocol; what it has sent still gets to the target. */
  endTunnel(): void {
    this.#isTunnelOver = true;
    this.#options.metrics.lost(this.target, 'websocket');
    this.#connection.endTunnel();
  }

  clientDrained(): void {
    this.#connection.resumeResponse();
  }

  requestDrained(): void {
    if (!this.#isReadingPaused) return;
    this.#isReadingPaused = false;
    this.#options.client.resumeReading();
  }

  interim(head: ResponseHead): void {
    if (this.#options.request.minorVersion === 0) return;
    const takesMore = this.#options.client.writeText(`${head.statusLine}\r\n${head.fields}\r\n`);
    if (!takesMore) this.#connection.pauseResponse();
  }

  get holdsBytes(): boolean {
    return this.#hasGivenBytes && this.#options.client.holdsBytes;
  }

  response(head: ResponseHead, part: BodyPart, isLast: boolean): boolean {
    const { request, metrics, target, editFields } = this.#options;
    metrics.answeredByTarget(target.id, head.status, turnNow() - this.#sentAt);
    target.noteOutcome(head.status >= 500);
    this.#isResponseStarted = true;
    const isUnsized = typeof head.body !== 'number';
    this.#isResponseChunked = isUnsized && request.minorVersion === 1;
    // A response that overtakes its request’s body leaves the rest of that body on the connection: it ends there.
    this.#keepAlive = request.keepAlive && this.isRequestComplete && (!isUnsized || this.#isResponseChunked);
    const fields = editFields === undefined ? head.fields : editFields(head.fields);
    return this.#write(`${head.statusLine}\r\n${fields}${this.#framing()}\r\n`, part, isLast);
  }

  body(part: BodyPart, isLast: boolean): boolean {
    if (this.#isTunnelOver) return true;
    return this.#write('', part, isLast);
  }

  /** Writes a part of the body behind the text, which is the head or nothing. */
  #write(text: string, part: BodyPart, isLast: boolean): boolean {
    const { client } = this.#options;
    const takesMore = this.#isResponseChunked
      ? this.#writeChunk(text, part, isLast)
      : this.#writeBehind(text, part);
    if (isLast) client.exchangeDone(this.#keepAlive);
    return takesMore;
  }

  upgraded(head: ResponseHead): void {
    const { client, metrics, target } = this.#options;
    metrics.answeredByTarget(target.id, head.status, turnNow() - this.#sentAt);
    this.#isResponseStarted = true;
    this.#isTunnel = true;
    client.writeText(
      `${head.statusLine}\r\n${head.fields}Connection: Upgrade\r\nUpgrade: ${head.upgrade ?? ''}\r\n\r\n`,
    );
    client.exchangeUpgraded();
  }

  /**
   * In one system call. A small answer goes out with all others of this turn, as a text; for a larger one, the text goes into the
   * buffer right before the bytes, where the target’s head was.
   */
  #writeBehind(text: string, { bytes, start, end }: BodyPart): boolean {
    const { client } = this.#options;
    const isSmall = text !== '' && end - start <= lentBytes;
    this.#hasGivenBytes = !isSmall;
    if (isSmall) return client.writeText(text + bytes.toString('latin1', start, end));
    const textStart = start - text.length;
    if (textStart >= 0) {
      if (text !== '') bytes.write(text, textStart, 'latin1');
      return client.writeBytes(bytes.subarray(textStart, end));
    }
    if (start === end) return client.writeText(text);
    client.cork();
    client.writeText(text);
    const takesMore = client.writeBytes(bytes.subarray(start, end));
    client.uncork();
    return takesMore;
  }

  failed(failure: TargetFailure): void {
    const { client, request, metrics } = this.#options;
    if (this.#isTunnel) {
      if (this.#isTunnelOver) return;
      metrics.lost(this.target, 'websocket');
      client.exchangeDone(false);
      return;
    }
    if (failure === 'refused' || failure === 'connect-timeout') metrics.targetConnectionFailed();
    if (this.#isResponseStarted) {
      metrics.lost(this.target, 'connection');
      client.exchangeTruncated(causeOf[failure]);
      return;
    }
    this.target.noteOutcome(true);
    const keepAlive = request.keepAlive && this.isRequestComplete;
    // Silence in the middle of a body that the target would take is the client’s.
    if (failure === 'timeout' && !this.isRequestComplete && !this.#isReadingPaused)
      client.exchangeFailed({
        status: 408,
        cause: 'the client did not send its whole request in time',
        keepAlive,
      });
    else {
      metrics.lost(this.target, `http-${statusOf[failure]}`);
      client.exchangeFailed({ status: statusOf[failure], cause: causeOf[failure], keepAlive });
    }
  }

  /** Only a connection whose request is known to be over takes another one; behind a doubtful request it closes. */
  #noteSent(): void {
    if (this.isRequestComplete && !this.#options.request.closesConnections) this.#connection.requestSent();
  }

  #framing(): string {
    const coding = this.#isResponseChunked ? 'Transfer-Encoding: chunked\r\n' : '';
    if (!this.#keepAlive) return `${coding}Connection: close\r\n`;
    return this.#options.request.minorVersion === 0 ? `${coding}Connection: keep-alive\r\n` : coding;
  }

  #writeChunk(text: string, part: BodyPart, isLast: boolean): boolean {
    const { client } = this.#options;
    const length = part.end - part.start;
    const end = isLast ? '0\r\n\r\n' : '';
    if (length === 0) return text + end === '' || client.writeText(text + end);
    client.cork();
    this.#writeBehind(`${text}${length.toString(16)}\r\n`, part);
    const takesMore = client.writeText(`\r\n${end}`);
    client.uncork();
    return takesMore;
  }

  #forwardPlain(chunk: Buffer, start: number): number {
    const end = Math.min(chunk.length, start + this.#requestRemaining);
    this.#requestRemaining -= end - start;
    this.#heed(this.#connection.writeBytes(chunk.subarray(start, end)));
    return end;
  }

  #forwardChunks(chunks: ChunkedDecoder, chunk: Buffer, start: number): number | undefined {
    // Data comes to lie before what follows the body, so bytes of a next request stay where they are.
    const data = chunk.subarray(start);
    const length = chunks.decode(data, 0, data);
    if (chunks.hasFailed) return undefined;
    this.#connection.cork();
    if (length > 0) {
      this.#connection.writeText(`${length.toString(16)}\r\n`);
      this.#connection.writeBytes(data.subarray(0, length));
    }
    const end = `${length > 0 ? '\r\n' : ''}${chunks.isDone ? '0\r\n\r\n' : ''}`;
    const takesMore = end === '' || this.#connection.writeText(end);
    this.#connection.uncork();
    this.#heed(takesMore);
    return start + chunks.consumedTo;
  }

  #heed(takesMore: boolean): void {
    if (takesMore || (this.isRequestComplete && !this.#isTunnel)) return;
    this.#isReadingPaused = true;
    this.#options.client.pauseReading();
  }
}
