import { type Socket, connect } from 'node:net';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { HeadReader } from './head-reader.ts';
import { IdleTimeout } from './idle-timeout.ts';
import { nowhere } from './nowhere.ts';
import { isShared, lentBytes, ownBuffer, sharedBuffer } from './read-buffers.ts';
import type { Unreachable } from '../targets/outage.ts';
import type { RequestHead } from './request-head.ts';
import { type ResponseHead, parseResponseHead, responseHeadLimitBytes } from './response-head.ts';
import type { BodyPart, ResponseSink, TargetFailure } from './response-sink.ts';
import type { TargetConnectionOptions } from './target-connection-options.ts';
import { TurnWriter } from './turn-writer.ts';

const nothing: BodyPart = { bytes: Buffer.alloc(0), start: 0, end: 0 };
/** A target that neither sends nor closes for this long, once its client has left, is left as well. */
const tunnelLingerMs = 2000;

/** One keep-alive connection to a target, which carries one exchange at a time. */
export class TargetConnection {
  #socket: Socket;
  readonly #options: TargetConnectionOptions;
  readonly #head = new HeadReader(responseHeadLimitBytes);
  #sink: ResponseSink | undefined;
  #method = '';
  /** Protocols that the request asks to change to, in lower case. */
  #offered: readonly string[] = [];
  #isTunnel = false;
  #requestSent = false;
  #response: ResponseHead | undefined;
  #isHeadPassed = false;
  #remaining = 0;
  #chunks: ChunkedDecoder | undefined;
  #connected = false;
  #isSilent = false;
  #closed = false;
  #buffer = ownBuffer();
  #idle: IdleTimeout | undefined;
  #writer: TurnWriter;

  constructor(options: TargetConnectionOptions) {
    this.#options = options;
    this.#socket = this.#open(options.unreachable);
    this.#writer = this.#writerOf(this.#socket);
  }

  /** False once the target has closed its side, or either side has failed. */
  get isUsable(): boolean {
    return !this.#closed && this.#socket.writable && this.#socket.readable;
  }

  /** Starts an exchange on a connection that has none. */
  begin(sink: ResponseSink, { method, upgrade }: Pick<RequestHead, 'method' | 'upgrade'>): void {
    this.#sink = sink;
    this.#method = method;
    this.#offered =
      upgrade === undefined ? [] : upgrade.split(',').map((protocol) => protocol.trim().toLowerCase());
    this.#requestSent = false;
    // A write that reaches the system would do so.
    if (this.#isSilent) this.#socket.setTimeout(this.#options.idleTimeoutMs);
  }

  /** Several writes until `uncork` leave in one system call. */
  cork(): void {
    this.#writer.cork();
  }

  uncork(): void {
    this.#writer.uncork();
  }

  /** False when the target is slower than the client: hold back until `requestDrained`. */
  writeText(text: string): boolean {
    this.#idle?.touch();
    return this.#writer.writeText(text);
  }

  /** The buffer must not change afterwards. */
  writeBytes(bytes: Buffer): boolean {
    this.#idle?.touch();
    return this.#writer.writeBytes(bytes);
  }

  /** The whole request has been written. */
  requestSent(): void {
    this.#requestSent = true;
  }

  pauseResponse(): void {
    this.#socket.pause();
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
    this.#end();
    if (hadExchange) this.#options.onFree(this, false);
    else this.#options.onIdleClosed(this);
  }

  /** Ends a connection that carries another protocol, behind what has been written. */
  endTunnel(): void {
    this.#idle?.stop();
    this.#socket.setTimeout(tunnelLingerMs);
    this.#writer.flush();
    this.#socket.end();
    this.#socket.resume();
  }

  /** Ends the connection, and its exchange with this failure. */
  fail(failure: TargetFailure): void {
    const sink = this.#sink;
    this.destroy();
    sink?.failed(failure);
  }

  /**
   * The target’s host has gone: nothing comes back from now on, not even the end of the connection. What is in flight waits for
   * the idle timeout; so does what is sent on this connection later, as at a load balancer that has no sign of the loss.
   */
  silence(): void {
    if (this.#closed) return;
    this.#isSilent = true;
    const gone = this.#socket;
    this.#idle?.stop();
    this.#idle = undefined;
    this.#socket = this.#open('silent');
    this.#writer = this.#writerOf(this.#socket);
    gone.removeAllListeners();
    gone.on('error', () => undefined);
    gone.destroy();
  }

  #open(unreachable: Unreachable | undefined): Socket {
    const { host, port, idleTimeoutMs, connectTimeoutMs } = this.#options;
    const socket = connect({
      ...(unreachable === undefined ? { host } : nowhere[unreachable]),
      port,
      noDelay: true,
      onread: {
        // Asked for after each read.
        buffer: () => this.#buffer,
        callback: (length) => this.#read(length),
      },
    });
    socket.setTimeout(this.#connected ? idleTimeoutMs : connectTimeoutMs);
    socket.on('connect', () => {
      this.#connected = true;
      socket.setTimeout(0);
      this.#idle = new IdleTimeout(socket, idleTimeoutMs, () => this.fail('timeout'));
    });
    socket.on('timeout', () => this.fail(this.#connected ? 'timeout' : 'connect-timeout'));
    socket.on('end', () => this.#ended());
    socket.on('error', () => this.fail(this.#connected ? 'reset' : 'refused'));
    socket.on('close', () => this.fail('reset'));
    return socket;
  }

  #writerOf(socket: Socket): TurnWriter {
    return new TurnWriter(socket, {
      drain: () => this.#sink?.requestDrained(),
      behind: () => this.#idle?.handOver(),
    });
  }

  #ended(): void {
    if (this.#response?.body === 'until-close') this.#pass(nothing, { isLast: true, isClean: false });
    else this.fail('reset');
  }

  /** Returns false to stop reading. */
  #read(length: number): boolean {
    if (this.#closed) return false;
    this.#idle?.touch();
    // Bytes that nothing has asked for: whatever they are, the next response could not be told from them.
    if (this.#sink === undefined) {
      this.destroy();
      return false;
    }
    // The same where the next request is here and has not left.
    if (this.#writer.holdsText) {
      this.fail('malformed');
      return false;
    }
    if (this.#isTunnel) return this.#passTunnel(this.#sink, 0, length);
    return this.#response === undefined ? this.#readHead(this.#sink, length) : this.#readBody(0, length);
  }

  #readHead(sink: ResponseSink, length: number): boolean {
    let at = 0;
    while (at < length) {
      const progress = this.#head.push(this.#buffer, at, length);
      if (progress === 'incomplete') return true;
      const head = typeof progress === 'number' ? this.#parseHead() : undefined;
      if (typeof progress !== 'number' || head === undefined || !this.#isAllowed(head)) {
        this.fail('malformed');
        return false;
      }
      at = progress;
      if (head.status === 101) {
        this.#isTunnel = true;
        sink.upgraded(head);
        return at === length || this.#passTunnel(sink, at, length);
      }
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

  #parseHead(): ResponseHead | undefined {
    const { source } = this.#head;
    return parseResponseHead(this.#head.take(), this.#method, source);
  }

  /** A target changes to a protocol that the client has offered, or to none (RFC 9110, 7.8). */
  #isAllowed({ status, upgrade }: ResponseHead): boolean {
    return status !== 101 || (upgrade !== undefined && this.#offered.includes(upgrade.toLowerCase()));
  }

  /** Hands bytes of another protocol on. */
  #passTunnel(sink: ResponseSink, start: number, end: number): boolean {
    const takesMore = sink.body(this.#owned({ bytes: this.#buffer, start, end }), false);
    if (sink.holdsBytes) this.#buffer = ownBuffer();
    return takesMore;
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
      this.fail('malformed');
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
    const isLent = isWithHead && isLast && part.end - part.start <= lentBytes;
    const given = isLent ? part : this.#owned(part);
    const takesMore = isWithHead ? sink.response(head, given, isLast) : sink.body(given, isLast);
    if (sink.holdsBytes) this.#buffer = ownBuffer();
    else if (isLent) this.#buffer = sharedBuffer(this.#buffer);
    return isLast || takesMore;
  }

  /** The part where no other connection reads over it. */
  #owned(part: BodyPart): BodyPart {
    if (part.bytes !== this.#buffer || !isShared(this.#buffer)) return part;
    this.#buffer = ownBuffer();
    part.bytes.copy(this.#buffer, part.start, part.start, part.end);
    return { ...part, bytes: this.#buffer };
  }

  #finish(reusable: boolean): void {
    this.#sink = undefined;
    this.#response = undefined;
    this.#chunks = undefined;
    if (!reusable) {
      this.#closed = true;
      this.#end();
    }
    this.#options.onFree(this, reusable);
  }

  #end(): void {
    this.#idle?.stop();
    this.#socket.destroy();
  }
}
