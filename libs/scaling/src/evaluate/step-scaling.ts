import { visibleDatapoints } from '../alarms/alarm.ts';
import {
  type Situation,
  alarmCause,
  boundText,
  boundedScaleIn,
  boundedScaleOut,
  formatNumber,
} from './candidate.ts';
import { metricDatapoints } from './evaluate-alarms.ts';
import { newestStartSeconds } from './evaluation-time.ts';
import { type PolicyArithmetic, type Wish, inAlarm } from './policy-arithmetic.ts';
import type { PlannedStep } from '../plan/plan.ts';
import { adjustCapacity, findStep } from './step-adjustment.ts';

/** Step policies act on their own, in either direction. */
export const stepScaling: PolicyArithmetic<PlannedStep> = {
  stance: ({ alarm }, state) => (inAlarm(alarm, state) ? 'acts' : 'silent'),
  wish: (policy, evaluation) => {
    const { alarm, metric } = policy;
    if (!inAlarm(alarm, evaluation)) return undefined;
    const { nowSeconds, datapoints } = evaluation.input;
    const newest = newestStartSeconds(metric, nowSeconds);
    const visible = visibleDatapoints(alarm, metricDatapoints(metric, datapoints), newest);
    if (visible.length === 0) return undefined;
    const values = visible.map(({ value }) => value);
    return stepWish(policy, aggregate(values, policy.aggregation), evaluation.situation);
  },
  holdsCapacity: () => false,
  agreedScaleIn: () => null,
};

/** The metric value of a step policy: its alarm’s newest datapoints, aggregated. */
function aggregate(values: readonly number[], aggregation: PlannedStep['aggregation']): number {
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
function stepWish(policy: PlannedStep, value: number, situation: Situation): Wish {
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
    return step.adjustment > 0 ? Math.max(1, capacity) : capacity;
  };
  const exact = policy.adjustmentType === 'ExactCapacity';
  if (!exact && step.adjustment === 0) {
    const reason = () =>
      `${policy.metricKey} is ${formatNumber(value)} against a threshold of ${formatNumber(alarm.threshold)}: its step changes nothing`;
    const candidate = { policy, to: situation.desired, code: 'AlreadyAtDesiredCapacity' } as const;
    return { kind: 'stays', candidate: { ...candidate, explain: explained(reason) } };
  }
  const outwards = exact ? step.adjustment >= situation.desired : step.adjustment > 0;
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
