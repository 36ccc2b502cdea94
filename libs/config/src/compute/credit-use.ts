import { watchesAbove } from '../alarms/alarm-facts.ts';
import type { Environment } from '../environment.ts';
import { policySetAlarms } from '../policies/policy-kinds.ts';
import { capacityFacts, computeFacts } from './compute-kinds.ts';
import { tasksPerInstance } from './container-instance.ts';
import { type InstanceType, instanceTypes } from './instance-types.ts';

/** A policy that lets instances work beyond what they earn in CPU credits before it scales out. */
export interface CreditUse {
  readonly policy: string;
  readonly instanceType: InstanceType;
  /** CPU utilisation at which the policy scales out, percent. */
  readonly percent: number;
  /** vCPUs of an instance that are busy then, with as many tasks on it as it has room for. */
  readonly vcpus: number;
  /** vCPUs of it that are earned. */
  readonly baselineVcpus: number;
  /** CPU utilisation that is earned, percent: what the metric shows of an instance that is slowed down to its baseline. */
  readonly earnedPercent: number;
}

/**
 * Policies that scale out at more CPU utilisation than the instance type earns credits for; none without instances. An
 * instance that is held at such a target all the time has no credits left, whatever it began with.
 */
export function creditUses(environment: Environment): readonly CreditUse[] {
  const { instanceType, containerInstances, cpuUnitsAtAws } = capacityFacts(environment);
  if (instanceType === null) return [];
  const { vcpus: most, baselineVcpus } = instanceTypes[instanceType];
  const units = containerInstances === null ? 1 : tasksPerInstance(containerInstances);
  const vcpusOfAll = (units * cpuUnitsAtAws) / 1024;
  const { utilisationNamespace } = computeFacts(environment);
  return policySetAlarms(environment)
    .filter(
      ({ metric, moves, comparison }) =>
        moves.includes('out') &&
        watchesAbove(comparison) &&
        metric.metrics.some(
          ({ namespace, metricName }) =>
            namespace === utilisationNamespace && metricName === 'CPUUtilization',
        ),
    )
    .map(({ policy, threshold }) => ({
      policy,
      instanceType,
      percent: threshold,
      vcpus: Math.min(most, (vcpusOfAll * threshold) / 100),
      baselineVcpus,
      earnedPercent: (baselineVcpus / vcpusOfAll) * 100,
    }))
    .filter(({ vcpus }) => vcpus > baselineVcpus);
}
