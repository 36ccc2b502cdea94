import type { TargetReason, TargetState } from './targets/target-health.ts';

/** Something the balancer did that a person may want to read. */
export type BalancerEvent = TargetStateEvent | FailedRequestEvent;

export interface TargetStateEvent {
  readonly type: 'target-state';
  readonly cloudSeconds: number;
  readonly targetId: string;
  readonly from: TargetState;
  readonly to: TargetState;
  readonly reason: TargetReason | undefined;
  readonly description: string;
}

/** A request that the client did not get the target’s whole answer to. */
export interface FailedRequestEvent {
  readonly type: 'request-failed';
  readonly cloudSeconds: number;
  /** Status the balancer answered, or logged when the client had gone (460) or had already been sent the target’s own status (0). */
  readonly status: number;
  readonly cause: string;
  /** Undefined when no target was chosen. */
  readonly targetId: string | undefined;
}
