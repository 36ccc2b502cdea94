import { type WarningRule, figure, warn } from './warning-rule.ts';

const pressureMetrics: readonly string[] = ['requests-per-target', 'cpu', 'memory', 'response-time'];

/** These metrics rise with load, so a high value calls for more tasks. Custom metrics may mean anything. */
export const stepAgainstLoad: WarningRule = ({ scaling }) =>
  scaling.policies.flatMap((policy) => {
    if (policy.type !== 'step' || policy.adjustmentType === 'ExactCapacity') return [];
    if (!pressureMetrics.includes(policy.metric.kind)) return [];
    const high = policy.alarm.comparison.startsWith('Greater');
    return policy.steps.flatMap(({ adjustment }, index) =>
      adjustment === 0 || adjustment > 0 === high
        ? []
        : warn(
            'TL-WARN-STEP-DIRECTION',
            `scaling.policies.${policy.name}.steps.${index}.adjustment`,
            `${adjustment} ${adjustment < 0 ? 'removes' : 'adds'} tasks when ${policy.metric.kind} is ${high ? 'high' : 'low'} (${policy.alarm.comparison} ${figure(policy.alarm.threshold)}). Turn the sign or the comparison around`,
          ),
    );
  });

export const stepOutOfReach: WarningRule = ({ scaling }) =>
  scaling.policies.flatMap((policy) => {
    if (policy.type !== 'step') return [];
    const high = policy.alarm.comparison.startsWith('Greater');
    return policy.steps.flatMap(({ lowerBound, upperBound }, index) => {
      const outside = high ? upperBound !== null && upperBound <= 0 : lowerBound !== null && lowerBound >= 0;
      if (!outside) return [];
      return warn(
        'TL-WARN-STEP-UNREACHABLE',
        `scaling.policies.${policy.name}.steps.${index}`,
        `lies ${high ? 'below' : 'above'} the threshold, and the alarm fires on the other side (${policy.alarm.comparison} ${figure(policy.alarm.threshold)}). Remove the step, or give it a policy whose alarm looks that way`,
      );
    });
  });
