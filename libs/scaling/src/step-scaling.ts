import {
  type Candidate,
  type Explanation,
  type Situation,
  alarmCause,
  boundText,
  boundedScaleIn,
  boundedScaleOut,
} from './candidate.ts';
import { formatNumber } from './format-number.ts';
import type { PlannedStep } from './plan.ts';
import { adjustCapacity, findStep } from './step-adjustment.ts';

export type StepCandidate =
  | { readonly kind: 'out' | 'in'; readonly candidate: Candidate }
  /** No step matches the metric value: Application Auto Scaling’s “No step adjustment found”. */
  | { readonly kind: 'failed'; readonly policy: PlannedStep; readonly explain: () => Explanation };

/** The metric value of a step policy: its alarm’s newest datapoints, aggregated. */
export function aggregate(values: readonly number[], aggregation: PlannedStep['aggregation']): number {
  switch (aggregation) {
    case 'Average':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
  }
}

/** What a step policy whose alarm is in ALARM asks for. `value` is the aggregated metric. */
export function stepCandidate(policy: PlannedStep, value: number, situation: Situation): StepCandidate {
  const { alarm } = policy;
  const explained = (reason: () => string) => () => ({
    cause: alarmCause(alarm.name, policy.name),
    reason: reason(),
  });
  const step = findStep(policy.steps, alarm, value);
  if (step === undefined)
    return {
      kind: 'failed',
      policy,
      explain: explained(
        () =>
          `No step adjustment found for metric value ${formatNumber(value)} and breach delta ${formatNumber(value - alarm.threshold)}`,
      ),
    };
  const wanted = (base: number) => {
    const capacity = adjustCapacity(base, step.adjustment, policy);
    // From nothing, a percentage is nothing: the smallest possible capacity starts instead.
    return base === 0 && step.adjustment > 0 ? Math.max(1, capacity) : capacity;
  };
  const exact = policy.adjustmentType === 'ExactCapacity';
  const outwards = exact ? step.adjustment >= situation.desired : step.adjustment >= 0;
  const bounded = outwards ? boundedScaleOut(situation, wanted) : boundedScaleIn(situation, wanted);
  const explain = explained(
    () =>
      `${policy.metricKey} is ${formatNumber(value)} against a threshold of ${formatNumber(alarm.threshold)}: ${adjustmentText(policy, step.adjustment)} from ${situation.running} running; ${boundText(bounded, situation)}`,
  );
  return {
    kind: outwards ? 'out' : 'in',
    candidate: { policy, to: bounded.to, code: bounded.code, explain },
  };
}

function adjustmentText({ adjustmentType }: PlannedStep, adjustment: number): string {
  const signed = adjustment > 0 ? `+${adjustment}` : String(adjustment);
  switch (adjustmentType) {
    case 'ExactCapacity':
      return `exactly ${adjustment}`;
    case 'ChangeInCapacity':
      return signed;
    case 'PercentChangeInCapacity':
      return `${signed} %`;
  }
}
