import { HeadReader } from './http/head-reader.ts';
import { type Rejection, reject } from './http/rejection.ts';
import { type RequestHead, type RequestRules, parseRequestHead, requestLimits } from './http/request-head.ts';
import type { MetricsRecorder } from './metrics.ts';
import { turnNow } from './http/turn.ts';

export interface RequestIntakeOptions {
  readonly metrics: MetricsRecorder;
  readonly rules: RequestRules;
  /** From the first byte of a request’s head to its last: each byte restarts the idle timeout, and this bounds them all. */
  readonly headTimeoutMs: number;
  /** Age at which a client’s connection closes, behind the next answer. */
  readonly keepAliveMs: number;
  /** False behind an HTTP API, which passes no change of protocols on. */
  readonly passesUpgrades: boolean;
}

/** Reads the heads of a client’s requests, in time and by the balancer’s rules. */
export class RequestIntake {
  readonly #options: RequestIntakeOptions;
  readonly #onLate: () => void;
  readonly #expiresAt: number;
  readonly #head = new HeadReader(requestLimits.headBytes);
  #timer: NodeJS.Timeout | undefined;
  /** Offset behind the head that was read last. */
  end = 0;

  /** @param onLate called when a head takes too long */
  constructor(options: RequestIntakeOptions, onLate: () => void) {
    this.#options = options;
    this.#onLate = onLate;
    this.#expiresAt = turnNow() + options.keepAliveMs;
  }

  /** True between requests: nothing of the next one has arrived. */
  get isEmpty(): boolean {
    return this.#head.isEmpty;
  }

  /** Takes bytes from `start` on; undefined while the head is not complete. */
  read(chunk: Buffer, start: number): RequestHead | Rejection | undefined {
    const progress = this.#head.push(chunk, start);
    if (progress === 'incomplete') {
      if (!this.#head.isEmpty) this.#timer ??= setTimeout(this.#onLate, this.#options.headTimeoutMs);
      return undefined;
    }
    this.stop();
    if (progress === 'malformed') return reject(400, 'malformed request');
    if (progress === 'too-large') return reject(400, 'the request’s head is longer than 64 KiB');
    this.end = progress;
    const { metrics, rules } = this.#options;
    const { source } = this.#head;
    const request = parseRequestHead(this.#head.take(), rules, source);
    metrics.received(request, rules);
    return 'rejected' in request ? request : this.#limited(request);
  }

  /** No head is waited for any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #limited(request: RequestHead): RequestHead {
    const isOld = turnNow() >= this.#expiresAt;
    const changes = request.upgrade !== undefined && !this.#options.passesUpgrades;
    if (!isOld && !changes) return request;
    const upgrade = changes ? undefined : request.upgrade;
    return { ...request, upgrade, keepAlive: request.keepAlive && !isOld };
  }
}
