import type { Environment } from '@tideline/config';
import { type Clock, type Timer, until } from '../../clock/clock.ts';
import type { Unreachable } from './outage.ts';
import type { ProbeResult } from './target-health.ts';

/** Real sockets take real time whatever the clock’s speed: no probe is given up earlier than this. */
const shortestTimeoutMs = 1000;

export interface ProbeRequest {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Wall time. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Makes one health check. Never rejects; after `signal` aborts its result is not used. */
export type Probe = (request: ProbeRequest) => Promise<ProbeResult>;

export interface HealthCheckOptions {
  readonly clock: Clock;
  readonly settings: Environment['healthCheck'];
  readonly target: {
    readonly host: string;
    readonly port: number;
    /** @default it lives */
    readonly unreachable?: Unreachable | undefined;
  };
  /** Path with its base path. */
  readonly path: string;
  readonly probe: Probe;
  readonly onResult: (result: ProbeResult) => void;
}

/**
 * Checks one target from now on: the first probe at once, the next ones an interval of cloud time after the one before began,
 * or when it has ended if that is later.
 */
export class HealthCheck {
  readonly #options: HealthCheckOptions;
  readonly #abort = new AbortController();
  #timer: Timer | undefined;

  constructor(options: HealthCheckOptions) {
    this.#options = options;
    this.#timer = options.clock.at(options.clock.now(), () => void this.#check());
  }

  /** No result comes after this. */
  stop(): void {
    this.#timer?.cancel();
    this.#abort.abort();
  }

  async #check(): Promise<void> {
    const { clock, settings, onResult } = this.#options;
    const startedAt = clock.now();
    const result = await this.#probe(startedAt);
    if (this.#abort.signal.aborted) return;
    onResult(result);
    // The listener may have stopped this check in answer to the result.
    if (this.#isStopped()) return;
    this.#timer = clock.at(
      Math.max(startedAt + settings.intervalSeconds, clock.now()),
      () => void this.#check(),
    );
  }

  /** Asks the target; for a dead one the answer is known, and the port that it had may be another’s by now. */
  async #probe(startedAt: number): Promise<ProbeResult> {
    const { clock, settings, target, path, probe } = this.#options;
    // Asked for again behind the probe, since the target may die meanwhile.
    const unreachable = (): Unreachable | undefined => target.unreachable;
    if (unreachable() === undefined) {
      const result = await probe({
        host: target.host,
        port: target.port,
        path,
        timeoutMs: Math.max((settings.timeoutSeconds / clock.speed) * 1000, shortestTimeoutMs),
        signal: this.#abort.signal,
      });
      if (unreachable() !== 'silent' || result.kind === 'answer') return result;
    }
    if (unreachable() === 'refused') return { kind: 'failed', cause: 'connection refused' };
    await until(clock, startedAt + settings.timeoutSeconds);
    return { kind: 'timeout' };
  }

  #isStopped(): boolean {
    return this.#abort.signal.aborted;
  }
}
