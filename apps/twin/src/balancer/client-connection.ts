import type { Socket } from 'node:net';
import type { ClientConnectionOptions } from './client-connection-options.ts';
import { type EntryAnswer, type Patience, responseEdits } from './entry.ts';
import { Exchange, type ExchangeClient, type ExchangeFailure } from './exchange.ts';
import { errorResponse } from './http/error-page.ts';
import { forwardedHead } from './http/forwarded-head.ts';
import { IdleTimeout } from './http/idle-timeout.ts';
import { readDirectly } from './http/read-directly.ts';
import type { RequestHead } from './http/request-head.ts';
import { TurnWriter } from './http/turn-writer.ts';
import { RequestIntake } from './request-intake.ts';
import { SentAhead } from './sent-ahead.ts';

/** After the last answer, the client’s remaining bytes are read and dropped for this long: closing at once would reset the answer away. */
const lingerMs = 2000;

/** A client’s connection: reads requests one after the other, and hands each to an exchange with a target. */
export class ClientConnection implements ExchangeClient {
  readonly #socket: Socket;
  readonly #writer: TurnWriter;
  readonly #idle: IdleTimeout;
  readonly #options: ClientConnectionOptions;
  readonly #intake: RequestIntake;
  #exchange: Exchange | undefined;
  readonly #ahead = new SentAhead();
  #isClosing = false;
  #linger: NodeJS.Timeout | undefined;
  /** Ends the wait of the entry in front; it finds nothing to do once the response has begun. */
  #entryTimer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, options: ClientConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#intake = new RequestIntake(options.intake, () => this.#lateHead());
    this.#idle = new IdleTimeout(socket, options.idleTimeoutMs, () => this.#timedOut());
    this.#writer = new TurnWriter(socket, {
      drain: () => this.#drained(),
      behind: () => this.#idle.handOver(),
    });
    readDirectly(socket, (chunk) => this.#receive(chunk));
    // A client that closes its side has gone: it is not waited for, as at an Application Load Balancer.
    socket.on('end', () => this.#gone());
    socket.on('error', () => this.#gone());
    socket.on('close', () => {
      this.#idle.stop();
      clearTimeout(this.#linger);
      this.#intake.stop();
      clearTimeout(this.#entryTimer);
      this.#gone();
      options.onClosed(this);
    });
  }

  /** Cuts the connection, and with it a request in flight. */
  destroy(): void {
    this.#exchange?.abort();
    this.#exchange = undefined;
    this.#socket.destroy();
  }

  writeText(text: string): boolean {
    this.#idle.touch();
    return this.#writer.writeText(text);
  }

  writeBytes(bytes: Buffer): boolean {
    this.#idle.touch();
    return this.#writer.writeBytes(bytes);
  }

  cork(): void {
    this.#writer.cork();
  }

  uncork(): void {
    this.#writer.uncork();
  }

  get holdsBytes(): boolean {
    return this.#writer.holdsBytes;
  }

  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  exchangeDone(keepAlive: boolean): void {
    const isClientDone = this.#exchange?.isClientDone === true;
    this.#exchange = undefined;
    clearTimeout(this.#entryTimer);
    if (keepAlive) this.#processPending();
    else if (isClientDone && this.#ahead.isEmpty) this.#closeAtOnce();
    else this.#close();
  }

  /** What the client has sent ahead belongs to the new protocol. */
  exchangeUpgraded(): void {
    clearTimeout(this.#entryTimer);
    this.#processPending();
  }

  exchangeFailed(failure: ExchangeFailure): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    clearTimeout(this.#entryTimer);
    this.#answer({ ...failure, targetId: exchange?.target.id, withBody: exchange?.method !== 'HEAD' });
    if (failure.keepAlive) this.#processPending();
  }

  exchangeTruncated(cause: string): void {
    this.#options.onFailedRequest({ status: 0, cause, targetId: this.#exchange?.target.id });
    this.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#idle.touch();
    if (this.#isClosing) return;
    if (this.#isBusy()) this.#hold(chunk);
    else this.#process(chunk);
  }

  /** True while the next request has to wait: one is being answered, or the client does not read its answers. */
  #isBusy(): boolean {
    const exchange = this.#exchange;
    if (exchange === undefined) return this.#writer.needsDrain;
    return exchange.isRequestComplete && !exchange.isTunnel;
  }

  #hold(chunk: Buffer): void {
    this.#ahead.hold(chunk);
    if (this.#ahead.isTooMuch) this.#socket.pause();
  }

  #process(chunk: Buffer): void {
    let at: number | undefined = 0;
    while (at < chunk.length && !this.#isClosing) {
      if (this.#isBusy()) {
        this.#hold(chunk.subarray(at));
        return;
      }
      at =
        this.#exchange === undefined
          ? this.#readHead(chunk, at)
          : this.#forwardBody(this.#exchange, chunk, at);
      if (at === undefined) return;
    }
  }

  /** Returns the offset behind the head, or undefined when it is not complete or was refused. */
  #readHead(chunk: Buffer, start: number): number | undefined {
    const read = this.#intake.read(chunk, start);
    if (read === undefined) return undefined;
    if ('rejected' in read) {
      this.#refuse(read.rejected, read.cause);
      return undefined;
    }
    const { end } = this.#intake;
    this.#begin(read);
    return end;
  }

  #begin(request: RequestHead): void {
    const { chooser, metrics, arrival, entry } = this.#options;
    const own = entry?.admit(request, arrival.clientAddress);
    if (own !== undefined) {
      this.#passOn(own);
      return;
    }
    const target = chooser.choose(request);
    if (target === undefined) {
      this.#answer({
        status: 503,
        cause: 'no target is registered',
        keepAlive: request.keepAlive && request.body === 0,
        withBody: request.method !== 'HEAD',
        targetId: undefined,
      });
      return;
    }
    this.#exchange = new Exchange({
      client: this,
      request,
      forwardedHead: forwardedHead(request, arrival),
      target,
      editFields: responseEdits(this.#options, request, target.id),
      metrics,
    });
    const patience = entry?.patience ?? null;
    if (patience !== null)
      this.#entryTimer = setTimeout(() => this.#entryTimedOut(patience, request), patience.timeoutMs);
  }

  #passOn({ response, keepAlive }: EntryAnswer): void {
    this.writeText(response);
    if (!keepAlive) this.#close();
  }

  /** The entry in front no longer waits: to the balancer it is a client that goes. */
  #entryTimedOut(patience: Patience, request: RequestHead): void {
    const exchange = this.#exchange;
    if (exchange === undefined || exchange.isResponseStarted) return;
    this.#exchange = undefined;
    exchange.abort();
    this.#options.metrics.lost(exchange.target, 'http-503');
    this.#noteGone(exchange, 'what stands in front of the balancer waited no longer');
    const answer = patience.timedOut(request, exchange.isRequestComplete);
    this.#passOn(answer);
    if (answer.keepAlive) this.#processPending();
  }

  #noteGone({ target }: Exchange, cause: string): void {
    this.#options.metrics.abortedByClient();
    this.#options.onFailedRequest({ status: 460, cause, targetId: target.id });
  }

  #forwardBody(exchange: Exchange, chunk: Buffer, start: number): number | undefined {
    const end = exchange.forwardBody(chunk, start);
    if (end !== undefined) return end;
    this.#giveUp(exchange, { status: 400, cause: 'malformed chunked body' });
    return undefined;
  }

  /** Ends an exchange for the client’s fault: with an answer if there is none yet. */
  #giveUp(exchange: Exchange, failure: Omit<ExchangeFailure, 'keepAlive'>): void {
    exchange.abort();
    if (exchange.isResponseStarted) this.exchangeTruncated(failure.cause);
    else this.exchangeFailed({ ...failure, keepAlive: false });
  }

  #refuse(status: number, cause: string): void {
    this.#answer({ status, cause, keepAlive: false, withBody: true, targetId: undefined });
  }

  #answer(
    answer: ExchangeFailure & { readonly withBody: boolean; readonly targetId: string | undefined },
  ): void {
    const { status, cause, targetId, keepAlive } = answer;
    this.#options.metrics.answeredByBalancer(status);
    this.#options.onFailedRequest({ status, cause, targetId });
    this.writeText(errorResponse(status, answer));
    if (!keepAlive) this.#close();
  }

  #processPending(): void {
    const chunks = this.#ahead.take();
    if (chunks.length > 0) for (const chunk of chunks) this.#receive(chunk);
    if (this.#socket.isPaused() && !this.#ahead.isTooMuch && !this.#exchange?.isReadingPaused)
      this.#socket.resume();
  }

  #drained(): void {
    if (this.#exchange === undefined) this.#processPending();
    else this.#exchange.clientDrained();
  }

  #timedOut(): void {
    // Written to in this very turn, by a target’s timeout for one: what waits to be sent is not to be cut off.
    if (this.#socket.writableCorked > 0) return;
    const exchange = this.#exchange;
    if (this.#socket.writableLength > 0 || this.#isClosing) this.#socket.destroy();
    else if (exchange?.isTunnel === true) this.destroy();
    else if (exchange === undefined) {
      if (this.#intake.isEmpty) this.#close();
      else this.#lateHead();
    } else if (!exchange.isRequestComplete && !exchange.isReadingPaused) {
      this.#giveUp(exchange, { status: 408, cause: 'the client did not send its whole request in time' });
    }
    // Otherwise the target is what is waited for, and its connection has the same timeout.
  }

  #lateHead(): void {
    if (!this.#isClosing) this.#refuse(408, 'the client did not send its whole request in time');
  }

  #gone(): void {
    this.#ahead.clear();
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    this.#exchange = undefined;
    if (exchange.isTunnel) {
      exchange.endTunnel();
      return;
    }
    exchange.abort();
    this.#options.metrics.lost(exchange.target, 'timeout');
    this.#noteGone(exchange, 'the client closed its connection');
    this.#socket.destroy();
  }

  /** Closes behind what has been written, where no byte can come any more that would make the system reset the connection. */
  #closeAtOnce(): void {
    this.#isClosing = true;
    this.#writer.flush();
    if (this.#socket.writableLength === 0) this.#socket.destroy();
    else this.#socket.destroySoon();
  }

  /** Ends the connection behind what has been written. */
  #close(): void {
    this.#isClosing = true;
    this.#ahead.clear();
    this.#intake.stop();
    this.#writer.flush();
    // A client that reads slowly gets all that has been written: until then, the idle timeout is what bounds it.
    this.#socket.end(() => {
      if (!this.#socket.destroyed) this.#linger ??= setTimeout(() => this.#socket.destroy(), lingerMs);
    });
    this.#socket.resume();
  }
}
