import { LatencyHistogram } from '../balancer/latency-histogram.ts';

/** What one target group answered over a period. */
export interface GroupPeriod {
  readonly answers: number;
  /** HTTPCode_Target_5XX_Count. */
  readonly errors: number;
  /** 99th percentile of TargetResponseTime. */
  readonly p99Seconds: number;
}

/** Counts the answers of one target group, period by period. */
export class GroupTraffic {
  #errors = 0;
  #responseTime = new LatencyHistogram();

  answered(status: number, responseTimeMs: number): void {
    if (status >= 500) this.#errors += 1;
    this.#responseTime.record(responseTimeMs);
  }

  /** Ends the period. */
  take(): GroupPeriod {
    const period = {
      answers: this.#responseTime.count,
      errors: this.#errors,
      p99Seconds: this.#responseTime.quantileSeconds(0.99),
    };
    this.#errors = 0;
    this.#responseTime = new LatencyHistogram();
    return period;
  }
}
