import type { EnvironmentInput } from '../src/environment.ts';

type Policies = NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>;
export type PolicyInput = Policies[number];
type StepInput = Extract<PolicyInput, { type: 'step' }>;
type ScheduledInput = Extract<PolicyInput, { type: 'scheduled' }>;
type PredictiveInput = Extract<PolicyInput, { type: 'predictive' }>;
type TrackingInput = Extract<PolicyInput, { type: 'target-tracking' }>;

/** The smallest description that resolves, with fields laid over it. */
export const description = (over: Partial<EnvironmentInput> = {}): EnvironmentInput => ({
  preset: 'test',
  compute: { kind: 'fargate' },
  ...over,
});

export const withPolicies = (...policies: PolicyInput[]): EnvironmentInput =>
  description({ capacity: { min: 2, max: 6, desired: 2 }, scaling: { policies } });

/** CPU above 50 % adds a task. */
export const stepPolicy = (over: Partial<StepInput> = {}): StepInput => ({
  type: 'step',
  name: 'steps',
  metric: { kind: 'cpu' },
  alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 50 },
  steps: [{ lowerBound: 0, adjustment: 1 }],
  ...over,
});

export const cpuPolicy = (over: Partial<TrackingInput> = {}): TrackingInput => ({
  type: 'target-tracking',
  name: 'cpu',
  metric: { kind: 'cpu', targetPercent: 50 },
  ...over,
});

export const scheduledAction = (over: Partial<ScheduledInput> = {}): ScheduledInput => ({
  type: 'scheduled',
  name: 'morning',
  schedule: 'cron(0 7 ? * MON-FRI *)',
  minCapacity: 3,
  ...over,
});

export const predictivePolicy = (over: Partial<PredictiveInput> = {}): PredictiveInput => ({
  type: 'predictive',
  name: 'ahead',
  metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
  ...over,
});
