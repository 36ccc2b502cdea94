import { ResponseTimeHistogram } from './response-time-histogram.ts';

/** What the balancer has counted, over its whole life or over an interval. Names follow CloudWatch’s AWS/ApplicationELB. */
export interface BalancerMetrics {
  /** RequestCount: requests for which a target was chosen. */
  readonly requests: number;
  /** The same, by target id. */
  readonly requestsByTarget: ReadonlyMap<string, number>;
  /** HTTPCode_Target_2XX_Count and so on. */
  readonly target2xx: number;
  readonly target3xx: number;
  readonly target4xx: number;
  readonly target5xx: number;
  /** HTTPCode_ELB_4XX_Count: answers of the balancer itself, and clients that left (460). */
  readonly elb4xx: number;
  /** HTTPCode_ELB_5XX_Count, of which the next three are a part. */
  readonly elb5xx: number;
  readonly elb502: number;
  readonly elb503: number;
  readonly elb504: number;
  /** Clients that closed their connection before their answer was complete. */
  readonly clientAborts: number;
  /** TargetConnectionErrorCount: connections to targets that could not be made. */
  readonly targetConnectionErrors: number;
  /** NewConnectionCount: connections from clients. */
  readonly newConnections: number;
  /** RejectedConnectionCount: connections refused at the limit. */
  readonly rejectedConnections: number;
  /** Connections from clients that are open now; not a difference. */
  readonly activeConnections: number;
  /** TargetResponseTime: from a request’s dispatch to the head of its response. */
  readonly targetResponseTime: ResponseTimeHistogram;
}

type Counter =
  | 'requests'
  | 'target2xx'
  | 'target3xx'
  | 'target4xx'
  | 'target5xx'
  | 'elb4xx'
  | 'elb5xx'
  | 'elb502'
  | 'elb503'
  | 'elb504'
  | 'clientAborts'
  | 'targetConnectionErrors'
  | 'newConnections'
  | 'rejectedConnections';

/** An answer of a target: its status, and the time from the request’s dispatch to its head. */
export type OnAnswer = (targetId: string, status: number, responseTimeMs: number) => void;

/** Counts on every request’s path: plain increments, no allocation. */
export class MetricsRecorder {
  readonly #counts: Record<Counter, number> = {
    requests: 0,
    target2xx: 0,
    target3xx: 0,
    target4xx: 0,
    target5xx: 0,
    elb4xx: 0,
    elb5xx: 0,
    elb502: 0,
    elb503: 0,
    elb504: 0,
    clientAborts: 0,
    targetConnectionErrors: 0,
    newConnections: 0,
    rejectedConnections: 0,
  };
  readonly #requestsByTarget = new Map<string, number>();
  readonly #targetResponseTime = new ResponseTimeHistogram();
  readonly #onAnswer: OnAnswer | undefined;
  #activeConnections = 0;

  /** @param onAnswer hears of every answer of a target. @default nobody does */
  constructor(onAnswer?: OnAnswer) {
    this.#onAnswer = onAnswer;
  }

  dispatched(targetId: string): void {
    this.#counts.requests++;
    this.#requestsByTarget.set(targetId, (this.#requestsByTarget.get(targetId) ?? 0) + 1);
  }

  answeredByTarget(targetId: string, status: number, responseTimeMs: number): void {
    this.#onAnswer?.(targetId, status, responseTimeMs);
    this.#targetResponseTime.record(responseTimeMs);
    if (status < 300) this.#counts.target2xx++;
    else if (status < 400) this.#counts.target3xx++;
    else if (status < 500) this.#counts.target4xx++;
    else this.#counts.target5xx++;
  }

  answeredByBalancer(status: number): void {
    this.#counts[status < 500 ? 'elb4xx' : 'elb5xx']++;
    if (status === 502) this.#counts.elb502++;
    if (status === 503) this.#counts.elb503++;
    if (status === 504) this.#counts.elb504++;
  }

  /** A client that left: status 460 in an Application Load Balancer’s log. */
  abortedByClient(): void {
    this.#counts.elb4xx++;
    this.#counts.clientAborts++;
  }

  targetConnectionFailed(): void {
    this.#counts.targetConnectionErrors++;
  }

  connectionOpened(): void {
    this.#counts.newConnections++;
    this.#activeConnections++;
  }

  connectionClosed(): void {
    this.#activeConnections--;
  }

  connectionRejected(): void {
    this.#counts.rejectedConnections++;
  }

  /** Everything since the start, as it stands now. */
  snapshot(): BalancerMetrics {
    return {
      ...this.#counts,
      requestsByTarget: new Map(this.#requestsByTarget),
      activeConnections: this.#activeConnections,
      targetResponseTime: this.#targetResponseTime.since(),
    };
  }
}

/** What happened between two snapshots of one balancer; targets without a request in between are left out. */
export function metricsBetween(earlier: BalancerMetrics, later: BalancerMetrics): BalancerMetrics {
  const requestsByTarget = new Map<string, number>();
  for (const [id, count] of later.requestsByTarget) {
    const requests = count - (earlier.requestsByTarget.get(id) ?? 0);
    if (requests > 0) requestsByTarget.set(id, requests);
  }
  return {
    requests: later.requests - earlier.requests,
    requestsByTarget,
    target2xx: later.target2xx - earlier.target2xx,
    target3xx: later.target3xx - earlier.target3xx,
    target4xx: later.target4xx - earlier.target4xx,
    target5xx: later.target5xx - earlier.target5xx,
    elb4xx: later.elb4xx - earlier.elb4xx,
    elb5xx: later.elb5xx - earlier.elb5xx,
    elb502: later.elb502 - earlier.elb502,
    elb503: later.elb503 - earlier.elb503,
    elb504: later.elb504 - earlier.elb504,
    clientAborts: later.clientAborts - earlier.clientAborts,
    targetConnectionErrors: later.targetConnectionErrors - earlier.targetConnectionErrors,
    newConnections: later.newConnections - earlier.newConnections,
    rejectedConnections: later.rejectedConnections - earlier.rejectedConnections,
    activeConnections: later.activeConnections,
    targetResponseTime: later.targetResponseTime.since(earlier.targetResponseTime),
  };
}
