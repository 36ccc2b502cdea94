import type { PlannedPolicy } from './plan.ts';
import type { ReasonCode } from './scaling-decision.ts';

/** What one policy asks for at one evaluation, bounds and cooldown credit applied. */
export interface Candidate {
  readonly policy: PlannedPolicy;
  /** Equal to the current desired count when the policy changes nothing. */
  readonly to: number;
  /** Why `to` changes nothing; null when it does, or when only a cooldown stands in the way. */
  readonly code: ReasonCode | null;
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
  readonly running: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  /** Running tasks before the scale-outs of the cooldown that runs; null when none does. */
  readonly cooldownBase: number | null;
}

type Bounded = Pick<Candidate, 'to' | 'code'> & { readonly note: string };

/**
 * A scale-out within the bounds (ECS guide, service auto scaling): from below the minimum first to the minimum,
 * above the maximum nothing. `wanted` gives the capacity that follows from a starting count.
 */
export function boundedScaleOut(situation: Situation, wanted: (base: number) => number): Bounded {
  const { running, desired, min, max, cooldownBase } = situation;
  if (desired < min) return { to: min, code: null, note: `first lifted to the minimum of ${min}` };
  const asked = wanted(running);
  if (desired >= max && asked > desired)
    return { to: desired, code: 'AlreadyAtMaxCapacity', note: `the maximum is ${max}` };
  if (asked <= desired)
    return { to: desired, code: 'AlreadyAtDesiredCapacity', note: `desired already is ${desired}` };
  // Capacity added since the cooldown began counts: only what goes beyond it is added now.
  const credited = cooldownBase === null ? asked : wanted(cooldownBase);
  if (credited <= desired)
    return {
      to: desired,
      code: null,
      note: `the scale-out cooldown counts the ${desired} already asked for`,
    };
  const to = Math.min(credited, max);
  return { to, code: null, note: to < credited ? `held to the maximum of ${max}` : `${to} tasks` };
}

/** A scale-in within the bounds: from above the maximum first to the maximum, at or below the minimum nothing. */
export function boundedScaleIn(situation: Situation, wanted: (base: number) => number): Bounded {
  const { running, desired, min, max } = situation;
  if (desired <= min) return { to: desired, code: 'AlreadyAtMinCapacity', note: `the minimum is ${min}` };
  if (desired > max) return { to: max, code: null, note: `first brought to the maximum of ${max}` };
  const asked = wanted(running);
  if (asked >= desired)
    return { to: desired, code: 'AlreadyAtDesiredCapacity', note: `desired already is ${desired}` };
  const to = Math.max(asked, min);
  return { to, code: null, note: to > asked ? `held to the minimum of ${min}` : `${to} tasks` };
}

/** The cause of an activity, in Application Auto Scaling’s words. */
export const alarmCause = (alarm: string, policy: string): string =>
  `monitor alarm ${alarm} in state ALARM triggered policy ${policy}`;
