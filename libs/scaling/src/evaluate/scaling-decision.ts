import type { AlarmState } from '../alarms/alarm.ts';
import type { DatapointSource } from '../alarms/datapoint.ts';
import type { Forecast } from '../forecast/policy-forecaster.ts';
import type { ReasonCode, ScalingState } from './scaling-state.ts';

/** Instances by whether their metrics count (EC2 Auto Scaling guide, default instance warm-up). */
export interface WarmupCounts {
  /** In service, and their warm-up is over. */
  readonly warm: number;
  /** On their way into service, or in service and warming up. */
  readonly warming: number;
}

export interface ScalingInput {
  /** Cloud time of the evaluation; never before the one before. */
  readonly nowSeconds: number;
  /** Tasks or instances that run now: what new capacity is worked out from. */
  readonly running: number;
  /** Null where capacity counts at once, and cooldowns keep scaling from running ahead of it: Application Auto Scaling. */
  readonly warmup: WarmupCounts | null;
  readonly desired: number;
  /** Scale-in is off meanwhile. */
  readonly deploymentInProgress: boolean;
  readonly datapoints: DatapointSource;
  /** The newest forecast of a predictive policy by its name; null while it has none. Left out, no policy has one. */
  readonly forecasts?: (policy: string) => Forecast | null;
}

/** One thing that a policy or scheduled action did, or declined to do. */
export interface ScalingDecision {
  /** Name of the policy or scheduled action. */
  readonly policy: string;
  /** `failed`: no step adjustment matched, or a scheduled action’s bounds contradict each other. */
  readonly outcome: 'scaled' | 'not-scaled' | 'failed';
  readonly from: number;
  /** Equal to `from` unless scaled. */
  readonly to: number;
  /** In Application Auto Scaling’s words. */
  readonly cause: string;
  /** In plain words, with the figures. */
  readonly reason: string;
  readonly reasonCode?: ReasonCode;
}

export interface AlarmChange {
  readonly alarm: string;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** Why, worded after CloudWatch’s state reasons; on demand, as hardly any of a long run is read. */
  readonly explain: () => string;
}

export interface ScalingOutcome {
  readonly state: ScalingState;
  /** The desired count from now on. */
  readonly desired: number;
  readonly decisions: readonly ScalingDecision[];
  readonly alarmChanges: readonly AlarmChange[];
}
