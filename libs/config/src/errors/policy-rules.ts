import type { AlarmWindow, Environment } from '../environment.ts';
import { metricReference, targetValue } from '../metric-reference.ts';
import { type ErrorRule, refuse } from './error-rule.ts';

export const policyNames: ErrorRule = ({ scaling: { policies } }) => {
  const seen = new Map<string, number>();
  return policies.flatMap(({ name }, index) => {
    const first = seen.get(name);
    if (first !== undefined)
      return refuse(
        'TL-CONFIG-POLICY-NAME-DUPLICATE',
        `scaling.policies.${index}.name`,
        `"${name}" is also the name of policy ${first}. Rename one of them`,
      );
    seen.set(name, index);
    return [];
  });
};

/** AWS answers: only one TargetTrackingScaling policy for a given metric specification is allowed. */
export const oneTrackingPolicyPerMetric: ErrorRule = (environment) => {
  const seen = new Map<string, string>();
  return trackingPolicies(environment).flatMap(({ name, metric }) => {
    const { key } = metricReference(metric, environment);
    const first = seen.get(key);
    if (first !== undefined)
      return refuse(
        'TL-CONFIG-TRACKING-DUPLICATE',
        `scaling.policies.${name}`,
        `tracks ${key} at ${targetValue(metric)}, which policy ${first} tracks too; AWS accepts one target-tracking policy per metric. Keep the one with the lower target`,
      );
    seen.set(key, name);
    return [];
  });
};

export const alarmWindows: ErrorRule = (environment) =>
  environment.scaling.policies.flatMap((policy) => {
    switch (policy.type) {
      case 'target-tracking':
        return [
          ...alarmWindow(`scaling.policies.${policy.name}.highAlarm`, policy.highAlarm),
          ...alarmWindow(`scaling.policies.${policy.name}.lowAlarm`, policy.lowAlarm),
        ];
      case 'step':
        return alarmWindow(`scaling.policies.${policy.name}.alarm`, policy.alarm);
      case 'scheduled':
        return [];
    }
  });

const alarmWindow = (path: string, { evaluationPeriods, datapointsToAlarm }: AlarmWindow) =>
  datapointsToAlarm <= evaluationPeriods
    ? []
    : refuse(
        'TL-CONFIG-ALARM-WINDOW',
        path,
        `datapointsToAlarm must be at most evaluationPeriods; got ${datapointsToAlarm} of ${evaluationPeriods}. Lower the first or raise the second`,
      );

const trackingPolicies = ({ scaling }: Environment) =>
  scaling.policies.flatMap((policy) => (policy.type === 'target-tracking' ? [policy] : []));
