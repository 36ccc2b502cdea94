import type { PlannedPolicy, ScalingPlan } from '../plan/plan.ts';
import type { ReasonCode, Remark } from './scaling-state.ts';

/** What one policy asks for at one evaluation, bounds and cooldown credit applied. */
export interface Candidate {
  readonly policy: PlannedPolicy;
  /** Equal to the current desired count when the policy changes nothing. */
  readonly to: number;
  /** Why `to` changes nothing; null when it does, or when only a cooldown stands in the way. */
  readonly code: ReasonCode | Remark | null;
  /** Worded on demand: most candidates of a long run change nothing and are reported once. */
  readonly explain: () => Explanation;
}

export interface Explanation {
  /** In Application Auto Scaling’s words. */
  readonly cause: string;
  /** In plain words, with the figures. */
  readonly reason: string;
}

/** Capacity as a policy finds it. */
export interface Situation {
  readonly unit: ScalingPlan['unit'];
  readonly running: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  /**
   * What a scale-out is worked out from while earlier ones still count towards it: running tasks before the cooldown that
   * runs, or the instances that are warm while others warm up; null when nothing is credited.
   */
  readonly creditBase: number | null;
}

/** Which rule decided the bounded capacity. */
type Bound =
  | 'lifted-to-minimum'
  | 'at-maximum'
  | 'at-desired'
  | 'credited'
  | 'held-to-maximum'
  | 'brought-to-maximum'
  | 'at-minimum'
  | 'held-to-minimum'
  | 'within';

interface Bounded {
  readonly to: number;
  readonly code: ReasonCode | null;
  readonly bound: Bound;
}

/**
 * A scale-out within the bounds (ECS guide, service auto scaling): from below the minimum first to the minimum,
 * above the maximum nothing. `wanted` gives the capacity that follows from a starting count.
 */
export function boundedScaleOut(situation: Situation, wanted: (base: number) => number): Bounded {
  const { running, desired, min, max, creditBase } = situation;
  if (desired < min) return { to: min, code: null, bound: 'lifted-to-minimum' };
  if (desired >= max) return { to: desired, code: 'AlreadyAtMaxCapacity', bound: 'at-maximum' };
  const asked = wanted(running);
  if (asked <= desired) return { to: desired, code: 'AlreadyAtDesiredCapacity', bound: 'at-desired' };
  // Capacity added since the cooldown began counts: only what goes beyond it is added now.
  const credited = creditBase === null ? asked : wanted(creditBase);
  if (credited <= desired) return { to: desired, code: null, bound: 'credited' };
  return credited > max
    ? { to: max, code: null, bound: 'held-to-maximum' }
    : { to: credited, code: null, bound: 'within' };
}

/** A scale-in within the bounds: from above the maximum first to the maximum, at or below the minimum nothing. */
export function boundedScaleIn(situation: Situation, wanted: (base: number) => number): Bounded {
  const { running, desired, min, max } = situation;
  if (desired <= min) return { to: desired, code: 'AlreadyAtMinCapacity', bound: 'at-minimum' };
  if (desired > max) return { to: max, code: null, bound: 'brought-to-maximum' };
  const asked = wanted(running);
  if (asked >= desired) return { to: desired, code: 'AlreadyAtDesiredCapacity', bound: 'at-desired' };
  return asked < min
    ? { to: min, code: null, bound: 'held-to-minimum' }
    : { to: asked, code: null, bound: 'within' };
}

/** The rule that decided, in words. */
export function boundText({ bound, to }: Bounded, { unit, desired, min, max }: Situation): string {
  switch (bound) {
    case 'lifted-to-minimum':
      return `${desired} is lifted to the minimum of ${min} first`;
    case 'brought-to-maximum':
      return `${desired} is brought to the maximum of ${max} first`;
    case 'at-maximum':
      return `the maximum is ${max}`;
    case 'at-minimum':
      return `the minimum is ${min}`;
    case 'at-desired':
      return `${desired} are desired already`;
    case 'credited':
      return unit === 'task'
        ? `the ${desired} that the scale-out cooldown counts are enough`
        : `the ${desired} desired are enough, counting those that warm up`;
    case 'held-to-maximum':
      return `held to the maximum of ${max}`;
    case 'held-to-minimum':
      return `held to the minimum of ${min}`;
    case 'within':
      return `from ${desired} to ${to} ${unit}s`;
  }
}

/** The cause of an activity, in Application Auto Scaling’s words. */
export const alarmCause = (alarm: string, policy: string): string =>
  `monitor alarm ${alarm} in state ALARM triggered policy ${policy}`;

/** A figure for a sentence: at most five significant digits, without trailing zeros. */
export const formatNumber = (value: number): string =>
  String(Math.abs(value) >= 100_000 ? Math.round(value) : Number(value.toPrecision(5)));
