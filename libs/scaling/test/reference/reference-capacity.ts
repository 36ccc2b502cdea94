/** Tasks or instances, and the bounds they move in. */
export interface Counts {
  readonly desired: number;
  readonly min: number;
  readonly max: number;
}

/** What one policy answers: a count, and why it stays where it is. */
export interface Answer {
  readonly to: number;
  readonly code: string | null;
}

/**
 * ECS guide, service auto scaling: “If a service’s desired count is set below its minimum capacity value, and an alarm
 * triggers a scale-out activity, … scales the desired count up to the minimum capacity value and then continues”; at or above
 * the maximum “it does not adjust”.
 * @param needed what the policy needs
 * @param counted the same with the capacity that was added counted, where that is another figure
 */
export function outTo({ desired, min, max }: Counts, needed: number, counted: number = needed): Answer {
  if (desired < min) return { to: min, code: null };
  if (desired >= max) return { to: desired, code: 'AlreadyAtMaxCapacity' };
  if (needed <= desired) return { to: desired, code: 'AlreadyAtDesiredCapacity' };
  if (counted <= desired) return { to: desired, code: null };
  return { to: counted > max ? max : counted, code: null };
}

/** The same guide: at or below the minimum nothing, and from above the maximum to the maximum first. */
export function inTo({ desired, min, max }: Counts, needed: number): Answer {
  if (desired <= min) return { to: desired, code: 'AlreadyAtMinCapacity' };
  if (desired > max) return { to: max, code: null };
  if (needed >= desired) return { to: desired, code: 'AlreadyAtDesiredCapacity' };
  return { to: needed < min ? min : needed, code: null };
}

/** EC2 Auto Scaling guide: proportional to the metric, “rounds up”. A millionth of a millionth is no need. */
export function trackedNeed(count: number, value: number, target: number): number {
  const exact = (count * value) / target;
  const whole = Math.round(exact);
  return Math.abs(exact - whole) < 1e-9 ? whole : Math.ceil(exact);
}

export interface ReferenceStep {
  readonly lowerBound: number | null;
  readonly upperBound: number | null;
  readonly adjustment: number;
}

/**
 * Application Auto Scaling guide, step adjustments: with a positive bound “the lower bound is inclusive and the upper bound is
 * exclusive”, below the threshold “the lower bound is exclusive and the upper bound is inclusive”.
 */
export function stepFor(
  steps: readonly ReferenceStep[],
  {
    value,
    threshold,
    comparison,
  }: { readonly value: number; readonly threshold: number; readonly comparison: string },
) {
  const delta = value - threshold;
  const watchesBelow = comparison.startsWith('Less');
  for (const step of steps) {
    const lower = step.lowerBound ?? -Infinity;
    const upper = step.upperBound ?? Infinity;
    if (delta > 0 || (delta === 0 && !watchesBelow)) {
      if (delta >= lower && delta < upper) return step;
    } else if (delta > lower && delta <= upper) return step;
  }
  return null;
}

/** The guide’s rounding of percentages, and its other two adjustment types. */
export function adjusted(
  count: number,
  adjustment: number,
  { type, smallest }: { readonly type: string; readonly smallest: number },
): number {
  if (type === 'ExactCapacity') return adjustment;
  if (type === 'ChangeInCapacity') return count + adjustment < 0 ? 0 : count + adjustment;
  const percent = (count * adjustment) / 100;
  let change = 0;
  if (percent >= 1) change = Math.floor(percent);
  else if (percent > 0) change = 1;
  else if (percent <= -1) change = Math.ceil(percent);
  else if (percent < 0) change = -1;
  if (change > 0 && change < smallest) change = smallest;
  if (change < 0 && change > -smallest) change = -smallest;
  return count + change < 0 ? 0 : count + change;
}
