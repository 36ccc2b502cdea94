import type { Environment } from '@tideline/config';
import type { Clock, Timer } from '../../clock/clock.ts';
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
  readonly target: { readonly host: string; readonly port: number };
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
    const { clock, settings, target, path, probe, onResult } = this.#options;
    const startedAt = clock.now();
    const result = await probe({
      host: target.host,
      port: target.port,
      path,
      timeoutMs: Math.max((settings.timeoutSeconds / clock.speed) * 1000, shortestTimeoutMs),
      signal: this.#abort.signal,
    });
    if (this.#abort.signal.aborted) return;
    onResult(result);
    // The listener may have stopped this check in answer to the result.
    if (this.#isStopped()) return;
    this.#timer = clock.at(
      Math.max(startedAt + settings.intervalSeconds, clock.now()),
      () => void this.#check(),
    );
  }

  #isStopped(): boolean {
    return this.#abort.signal.aborted;
  }
}
