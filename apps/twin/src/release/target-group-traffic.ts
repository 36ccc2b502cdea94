import { ResponseTimeHistogram } from '../balancer/response-time-histogram.ts';

/** What became of one target group’s requests over a period. */
export interface TargetGroupPeriod {
  /** Requests that ended: answered by a target, or by the balancer in the group’s place. */
  readonly requests: number;
  /** Of which a target answered. */
  readonly answers: number;
  /** HTTPCode_Target_5XX_Count, the balancer’s own 5xx in the group’s place, and answers that broke off. */
  readonly errors: number;
  /** 99th percentile of TargetResponseTime; 0 without an answer. */
  readonly p99Seconds: number;
}

/** Counts what became of the requests of one target group, period by period. */
export class TargetGroupTraffic {
  #errors = 0;
  #unanswered = 0;
  #responseTime = new ResponseTimeHistogram();

  /** A target answered: its head has come. */
  answered(status: number, responseTimeMs: number): void {
    if (status >= 500) this.#errors += 1;
    this.#responseTime.record(responseTimeMs);
  }

  /** No target answered: the balancer did. */
  unanswered(): void {
    this.#errors += 1;
    this.#unanswered += 1;
  }

  /** An answer that had begun broke off. */
  brokeOff(): void {
    this.#errors += 1;
  }

  /** Ends the period. */
  take(): TargetGroupPeriod {
    const answers = this.#responseTime.count;
    const period = {
      requests: answers + this.#unanswered,
      answers,
      errors: this.#errors,
      p99Seconds: this.#responseTime.quantileSeconds(0.99),
    };
    this.#errors = 0;
    this.#unanswered = 0;
    this.#responseTime = new ResponseTimeHistogram();
    return period;
  }
}
