import type { LoadEndpoint } from '@tideline/config';
import type { EndpointAnswers } from '@tideline/evidence';
import { AnswerCounts } from './answer-counts.ts';
import type { LoadBuckets } from './load-buckets.ts';
import { failureOfStatus } from '../connection/user-connection.ts';

/** A request that a free user sends this much after it was due is counted as late by the generator, milliseconds. */
const lateMs = 10;

/** A final answer, of whatever status. */
interface Answer {
  readonly statusCode: number;
  readonly bodyBytes: number;
  readonly latencyMs: number;
}

/** Counts what a load does; its users write, progress and the report read. */
export class LoadTally {
  readonly #buckets: Pick<LoadBuckets, 'answered' | 'failed'>;
  readonly #answers: AnswerCounts;
  sent = 0;
  answered = 0;
  failed = 0;
  /** Slots of a pace that came due and were never used: their user still waited for an answer when its stage ended. */
  unsent = 0;
  /** Paced requests that went out late though their user was free: the generator’s own lag. */
  late = 0;
  /** Requests given up, with no answer yet, because the load was stopped. */
  abandoned = 0;

  constructor(
    buckets: Pick<LoadBuckets, 'answered' | 'failed'>,
    endpoints: readonly Pick<LoadEndpoint, 'method' | 'path'>[],
  ) {
    this.#buckets = buckets;
    this.#answers = new AnswerCounts(endpoints);
  }

  requestSent(generatorLagMs: number): void {
    this.sent += 1;
    if (generatorLagMs > lateMs) this.late += 1;
  }

  /** @param endpoint its number in the profile */
  requestAnswered(endpoint: number, answer: Answer): void {
    const { statusCode, bodyBytes, latencyMs } = answer;
    this.#answers.answered(endpoint, statusCode, bodyBytes);
    const failure = failureOfStatus(statusCode);
    if (failure !== null) {
      this.#countFailure(failure);
      return;
    }
    this.answered += 1;
    this.#buckets.answered(latencyMs);
    this.#answers.timed(endpoint, latencyMs);
  }

  /** No answer came. */
  requestFailed(endpoint: number, kind: string): void {
    this.#answers.unanswered(endpoint);
    this.#countFailure(kind);
  }

  /** What each endpoint has answered so far. */
  endpoints(): EndpointAnswers[] {
    return this.#answers.figures();
  }

  #countFailure(kind: string): void {
    this.failed += 1;
    this.#buckets.failed(kind);
  }
}
