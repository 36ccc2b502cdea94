import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import {
  type Environment,
  comparisonSigns,
  metricReference,
  policyKind,
  reservationKey,
} from '@tideline/config';
import type { MetricSeries, PolicyObservation } from '@tideline/evidence';

import type { ListedPolicy } from './watched-capacity.ts';

type Comparison = PolicyObservation['alarms'][number]['comparison'];

/** CloudWatch’s other operators are those of anomaly detection, which no policy uses. */
const comparisons: Readonly<Partial<Record<string, Comparison>>> = comparisonSigns;

/** A policy as AWS has it, with the alarms that drive it. */
export interface DrivenPolicy {
  readonly policy: ListedPolicy;
  readonly alarms: readonly MetricAlarm[];
}

/** Policies with their alarms, in the description’s order; those that it does not have come last. */
export function drivenPolicies(
  environment: Environment,
  {
    policies,
    alarms,
  }: { readonly policies: readonly ListedPolicy[]; readonly alarms: readonly MetricAlarm[] },
): readonly DrivenPolicy[] {
  const order = environment.scaling.policies.map(({ name }) => name);
  const place = ({ name }: ListedPolicy): number =>
    order.includes(name) ? order.indexOf(name) : order.length;
  return policies
    .toSorted((left, right) => place(left) - place(right))
    .map((policy) => ({
      policy,
      alarms: policy.alarmNames.flatMap((name) => alarms.filter((alarm) => alarm.AlarmName === name)),
    }));
}

/** What a policy’s metric is called in evidence: as the description has it, else as its alarm names it. */
export function policyMetric(
  environment: Environment,
  { policy, alarms }: DrivenPolicy,
): { readonly key: string; readonly unit: MetricSeries['unit'] } {
  const described = environment.scaling.policies.find(({ name }) => name === policy.name);
  const metric = described === undefined ? null : policyKind(described).metric(described);
  if (metric !== null) {
    const { key, unit } = metricReference(metric, environment);
    return { key, unit };
  }
  const [alarm] = alarms;
  const parts = [alarm?.Namespace, alarm?.MetricName, alarm?.Statistic ?? alarm?.ExtendedStatistic];
  const isNamed = parts.every((part) => part !== undefined);
  const key = isNamed ? parts.join('/') : policy.name;
  return { key, unit: key === reservationKey ? 'Percent' : 'None' };
}

export const policyObservation = (environment: Environment, driven: DrivenPolicy): PolicyObservation => ({
  name: driven.policy.name,
  metricKey: policyMetric(environment, driven).key,
  target: driven.policy.target,
  alarms: driven.alarms.flatMap(({ AlarmName, ComparisonOperator, Threshold, StateValue }) => {
    const comparison = comparisons[ComparisonOperator ?? ''];
    if (comparison === undefined || Threshold === undefined) return [];
    return [
      {
        name: AlarmName ?? '',
        comparison,
        threshold: Threshold,
        state: observedState(StateValue),
      },
    ];
  }),
});

/** An alarm may also be under evaluation for the first time. */
const observedState = (state: MetricAlarm['StateValue']): PolicyObservation['alarms'][number]['state'] =>
  state === 'OK' || state === 'ALARM' ? state : 'INSUFFICIENT_DATA';
