import type { StepPolicy } from '@tideline/config';
import type { Comparison } from '../alarms/alarm.ts';
import type { StepAdjustment } from '../plan/plan.ts';

/**
 * The step that a metric value falls into, or undefined where the steps leave a gap.
 * At or above the threshold the lower bound is included and the upper is not; below it the other way round
 * (Application Auto Scaling guide, step scaling). A value exactly at the threshold lies on the side that the alarm
 * watches: `CPU <= 20` with a step up to 0 does match 20.
 */
export function findStep(
  steps: readonly StepAdjustment[],
  { comparison, threshold }: { comparison: Comparison; threshold: number },
  value: number,
): StepAdjustment | undefined {
  const difference = value - threshold;
  const below = difference < 0 || (difference === 0 && (comparison === '<' || comparison === '<='));
  return steps.find(({ lowerBound, upperBound }) => {
    const lower = lowerBound ?? -Infinity;
    const upper = upperBound ?? Infinity;
    return below ? lower < difference && difference <= upper : lower <= difference && difference < upper;
  });
}

/**
 * The capacity that an adjustment makes of `capacity`, before any bound.
 * A percentage rounds down above 1, to 1 between 0 and 1, to -1 between -1 and 0, and toward zero below -1;
 * `minAdjustmentMagnitude` raises small moves of a percentage (Application Auto Scaling guide, step scaling).
 */
export function adjustCapacity(
  capacity: number,
  adjustment: number,
  { adjustmentType, minAdjustmentMagnitude }: Pick<StepPolicy, 'adjustmentType' | 'minAdjustmentMagnitude'>,
): number {
  switch (adjustmentType) {
    case 'ExactCapacity':
      return Math.max(0, adjustment);
    case 'ChangeInCapacity':
      return Math.max(0, capacity + adjustment);
    case 'PercentChangeInCapacity': {
      const change = roundPercentChange((capacity * adjustment) / 100);
      const size = change === 0 ? 0 : Math.max(Math.abs(change), minAdjustmentMagnitude);
      return Math.max(0, capacity + Math.sign(change) * size);
    }
  }
}

function roundPercentChange(change: number): number {
  if (change === 0) return 0;
  return Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change);
}
