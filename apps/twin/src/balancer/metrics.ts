import type { Rejection } from './http/rejection.ts';
import type { RequestHead, RequestRules } from './http/request-head.ts';
import type { LossKind } from './fault-costs.ts';
import { ResponseTimeHistogram } from './response-time-histogram.ts';
import type { Target } from './targets/target.ts';

/** What the balancer counts. Names follow CloudWatch’s AWS/ApplicationELB. */
const nothingCounted = {
  /** RequestCount: requests for which a target was chosen. */
  requests: 0,
  /** HTTPCode_Target_2XX_Count and so on. */
  target2xx: 0,
  target3xx: 0,
  target4xx: 0,
  target5xx: 0,
  /** HTTPCode_ELB_4XX_Count: answers of the balancer itself, and clients that left (460). */
  elb4xx: 0,
  /** HTTPCode_ELB_5XX_Count, of which the next three are a part. */
  elb5xx: 0,
  elb502: 0,
  elb503: 0,
  elb504: 0,
  /** DesyncMitigationMode_NonCompliant_Request_Count. */
  nonCompliantRequests: 0,
  /** DroppedInvalidHeaderRequestCount: requests that lost a header field with an invalid name or value. */
  droppedInvalidHeaderRequests: 0,
  /** ForwardedInvalidHeaderRequestCount: requests that kept one, because the balancer is set up so. */
  forwardedInvalidHeaderRequests: 0,
  /** Clients that closed their connection before their answer was complete. */
  clientAborts: 0,
  /** TargetConnectionErrorCount: connections to targets that could not be made. */
  targetConnectionErrors: 0,
  /** NewConnectionCount: connections from clients, and to targets. */
  newConnections: 0,
  /** RejectedConnectionCount: connections refused at the limit. */
  rejectedConnections: 0,
};

type Counter = keyof typeof nothingCounted;

/** What the balancer has counted, over its whole life or over an interval. */
export interface BalancerMetrics extends Readonly<typeof nothingCounted> {
  /** `requests` by target id. */
  readonly requestsByTarget: ReadonlyMap<string, number>;
  /** ActiveConnectionCount: connections from clients and to targets that are open now; not a difference. */
  readonly activeConnections: number;
  /** TargetResponseTime: from a request’s dispatch to the head of its response. */
  readonly targetResponseTime: ResponseTimeHistogram;
}

/** An answer of a target: its status, and the time from the request’s dispatch to its head. */
export type OnAnswer = (targetId: string, status: number, responseTimeMs: number) => void;

/** Counts on every request’s path: plain increments, no allocation. */
export class MetricsRecorder {
  readonly #counts = { ...nothingCounted };
  readonly #requestsByTarget = new Map<string, number>();
  readonly #targetResponseTime = new ResponseTimeHistogram();
  readonly #onAnswer: OnAnswer | undefined;
  readonly #notesLosses: boolean;
  #activeConnections = 0;

  /**
   * @param onAnswer called for every answer of a target
   * @param notesLosses whether what faults cost counts what is lost here; a test listener has no clients. @default true
   */
  constructor(onAnswer?: OnAnswer, notesLosses = true) {
    this.#onAnswer = onAnswer;
    this.#notesLosses = notesLosses;
  }

  /** A request, or a WebSocket, was lost at a target. */
  lost(target: Pick<Target, 'noteLoss'>, kind: LossKind): void {
    if (this.#notesLosses) target.noteLoss(kind);
  }

  /** A head has been read. */
  received(head: RequestHead | Rejection, { dropInvalidHeaderFields }: RequestRules): void {
    if (head.desync !== undefined) this.#counts.nonCompliantRequests++;
    if ('rejected' in head || head.invalidFields === 0) return;
    this.#counts[
      dropInvalidHeaderFields ? 'droppedInvalidHeaderRequests' : 'forwardedInvalidHeaderRequests'
    ]++;
  }

  dispatched(targetId: string): void {
    this.#counts.requests++;
    this.#requestsByTarget.set(targetId, (this.#requestsByTarget.get(targetId) ?? 0) + 1);
  }

  answeredByTarget(targetId: string, status: number, responseTimeMs: number): void {
    this.#onAnswer?.(targetId, status, responseTimeMs);
    this.#targetResponseTime.record(responseTimeMs);
    // A change of protocols is in none of the classes.
    if (status < 200) return;
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
  const counts = { ...nothingCounted };
  for (const name of Object.keys(counts) as Counter[]) counts[name] = later[name] - earlier[name];
  return {
    ...counts,
    requestsByTarget,
    activeConnections: later.activeConnections,
    targetResponseTime: later.targetResponseTime.since(earlier.targetResponseTime),
  };
}
