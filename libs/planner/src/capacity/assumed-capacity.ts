import { type Environment, computeFacts, metricReference, policyKind, targetValue } from '@tideline/config';
import type { TraceRemark } from '../traces/trace.ts';
import type { Capacity } from './capacity.ts';
import { givenCapacity } from './capacity-of.ts';

/** A capacity that is assumed, and what to say of it. */
export interface AssumedCapacity {
  readonly capacity: Capacity;
  readonly remark: TraceRemark;
}

/** What a unit carries where the user does not say: the requests at which a policy of the description holds it; null where none does. */
export function assumedCapacity(environment: Environment): AssumedCapacity | null {
  for (const policy of environment.scaling.policies) {
    const target = policyKind(policy).target(policy);
    if (target === null) continue;
    const [metric] = metricReference(target, environment).metrics;
    if (metric?.metricName !== 'RequestCountPerTarget') continue;
    const rate = targetValue(target) / 60;
    const { unit } = computeFacts(environment);
    return {
      capacity: givenCapacity(rate, unit),
      remark: {
        code: 'TL-CAPACITY-ASSUMED',
        message: `what one ${unit} carries is not known: assumed is the target of policy ${policy.name}, ${Number(rate.toPrecision(4))} requests/s. Measure it with tideline capacity, or give --capacity`,
      },
    };
  }
  return null;
}
