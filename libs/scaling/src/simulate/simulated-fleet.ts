import type { WarmupCounts } from '../evaluate/scaling-decision.ts';

/** The capacity behind a simulated service: follows the desired count after a while. */
export interface SimulatedFleet {
  /** Units that serve requests. */
  readonly running: number;
  /** Of those, the ones whose CPU counts. */
  readonly measured: number;
  /** EC2 instances that run, those that boot included; 0 where there are none of ours. */
  readonly instances: number;
  /** Stopped or hibernated EC2 instances of a warm pool. */
  readonly stopped: number;
  readonly warmup: WarmupCounts | null;
  /** When a count changes next by itself; Infinity when none will. */
  readonly nextChangeSeconds: number;
  /** Applies the changes whose time has come. */
  advance(nowSeconds: number): void;
  setDesired(desired: number, nowSeconds: number): void;
  /** A scheduled action has moved the maximum; only a warm pool asks for it. */
  setMaximum?(max: number, nowSeconds: number): void;
}

/** How long starts take, and which of the times inside the bounds they get. */
export interface SimulatedStart {
  readonly startSeconds: { readonly min: number; readonly max: number };
  readonly seed: number;
}
