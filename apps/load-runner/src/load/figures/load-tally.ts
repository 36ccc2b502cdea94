import type { LoadBuckets } from './load-buckets.ts';
import { failureOfStatus } from '../connection/user-connection.ts';

/** A request that a free user sends this much after it was due is counted as late by the generator, milliseconds. */
const lateMs = 10;

/** Counts what a load does; its users write, progress and the report read. */
export class LoadTally {
  readonly #buckets: Pick<LoadBuckets, 'answered' | 'failed'>;
  sent = 0;
  answered = 0;
  failed = 0;
  /** Slots of a pace that came due and were never used: their user still waited for an answer when its stage ended. */
  unsent = 0;
  /** Paced requests that went out late though their user was free: the generator’s own lag. */
  late = 0;
  /** Requests given up, with no answer yet, because the load was stopped. */
  abandoned = 0;

  constructor(buckets: Pick<LoadBuckets, 'answered' | 'failed'>) {
    this.#buckets = buckets;
  }

  requestSent(generatorLagMs: number): void {
    this.sent += 1;
    if (generatorLagMs > lateMs) this.late += 1;
  }

  requestAnswered(statusCode: number, latencyMs: number): void {
    const failure = failureOfStatus(statusCode);
    if (failure !== null) {
      this.requestFailed(failure);
      return;
    }
    this.answered += 1;
    this.#buckets.answered(latencyMs);
  }

  requestFailed(kind: string): void {
    this.failed += 1;
    this.#buckets.failed(kind);
  }
}
