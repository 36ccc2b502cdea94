import { metricKind, metricReference, targetValue } from '../metrics/metric-kinds.ts';
import { followedMetrics, policyKind, widestBounds } from '../policies/policy-kinds.ts';
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
  return environment.scaling.policies.flatMap((policy) => {
    const { name } = policy;
    const target = policyKind(policy).target(policy);
    if (target === null) return [];
    const { key } = metricReference(target, environment);
    const first = seen.get(key);
    if (first !== undefined)
      return refuse(
        'TL-CONFIG-TRACKING-DUPLICATE',
        `scaling.policies.${name}`,
        `tracks ${key} at ${targetValue(target)}, which policy ${first} tracks too; AWS accepts one target-tracking policy per metric. Keep the one with the lower target`,
      );
    seen.set(key, name);
    return [];
  });
};

/** Several policies may forecast, but only one of them can be used for active scaling (EC2 Auto Scaling guide, predictive scaling). */
export const oneForecastScales: ErrorRule = (environment) => {
  const [first, ...others] = environment.scaling.policies.filter(
    (policy) => policyKind(policy).forecast(policy)?.scales === true,
  );
  return others.flatMap(({ name }) =>
    refuse(
      'TL-CONFIG-PREDICTIVE-SCALES',
      `scaling.policies.${name}.mode`,
      `got ForecastAndScale, which policy ${first?.name} has too; AWS lets one predictive policy scale. Set it to ForecastOnly in one of them`,
    ),
  );
};

/** What each kind of policy checks itself. */
export const policiesOfTheirKind: ErrorRule = (environment) => {
  const context = { environment, widest: widestBounds(environment) };
  return environment.scaling.policies.flatMap((policy) => policyKind(policy).errors(policy, context));
};

/** What each kind of metric checks itself. */
export const metricsOfTheirKind: ErrorRule = (environment) =>
  followedMetrics(environment).flatMap(
    ({ policy, metric }) => metricKind(metric).errors?.({ policy: policy.name, metric }, environment) ?? [],
  );
