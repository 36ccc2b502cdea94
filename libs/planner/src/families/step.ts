import { capacityFacts } from '@tideline/config';
import type { Family, PlanSubject, PolicyInput } from './family.ts';
import type { Genes } from './genes.ts';
import { acrossTargetGroups, requestsPerMinute, requestsPolicy } from './tracking.ts';

const metricOf = (subject: PlanSubject) => ({
  kind: 'requests-per-target' as const,
  ...(acrossTargetGroups(subject) ? { acrossTargetGroups: true } : {}),
});

/** Adds units after one minute above the threshold: half the step near it, the whole beyond half as much again. */
function stepOut(genes: Genes, subject: PlanSubject): PolicyInput {
  const threshold = requestsPerMinute(subject, genes.stepUtilisation);
  const half = Math.max(1, Math.round(threshold / 2));
  return {
    type: 'step',
    name: 'requests-high',
    metric: metricOf(subject),
    alarm: { comparison: 'GreaterThanThreshold', threshold, evaluationPeriods: 1 },
    adjustmentType: 'PercentChangeInCapacity',
    minAdjustmentMagnitude: 1,
    steps: [
      { lowerBound: 0, upperBound: half, adjustment: Math.max(1, Math.round(genes.stepPercent / 2)) },
      { lowerBound: half, upperBound: null, adjustment: genes.stepPercent },
    ],
    ...cooldown(genes.scaleOutCooldownSeconds, subject),
  };
}

/** Takes a tenth away, at least one unit, once the load has been low for a while. */
function stepIn(genes: Genes, subject: PlanSubject): PolicyInput {
  return {
    type: 'step',
    name: 'requests-low',
    metric: metricOf(subject),
    alarm: {
      comparison: 'LessThanThreshold',
      threshold: requestsPerMinute(subject, genes.stepUtilisation * genes.utilisation),
      evaluationPeriods: genes.lowPeriods,
      // Idle minutes without a datapoint are low as well.
      treatMissingData: 'breaching',
    },
    adjustmentType: 'PercentChangeInCapacity',
    minAdjustmentMagnitude: 1,
    steps: [{ lowerBound: null, upperBound: 0, adjustment: -10 }],
    ...cooldown(genes.scaleInCooldownSeconds, subject),
  };
}

const cooldown = (cooldownSeconds: number, { environment }: PlanSubject) =>
  capacityFacts(environment).warmupSeconds === null ? { cooldownSeconds } : {};

export const step: Family = {
  label: 'steps on requests',
  reads: [
    ...(['stepUtilisation', 'stepPercent', 'lowPeriods', 'utilisation'] as const),
    ...(['scaleOutCooldownSeconds', 'scaleInCooldownSeconds'] as const),
  ],
  absence: () => null,
  policies: (genes, subject) => [stepOut(genes, subject), stepIn(genes, subject)],
};

/** Tracking waits for three minutes above its target; the step acts after one. */
export const requestsAndStep: Family = {
  label: 'target tracking on requests, with a quick step out',
  reads: [
    ...(['utilisation', 'stepUtilisation', 'stepPercent'] as const),
    ...(['scaleOutCooldownSeconds', 'scaleInCooldownSeconds'] as const),
  ],
  absence: () => null,
  policies: (genes, subject) => [requestsPolicy(genes, subject), stepOut(genes, subject)],
};
