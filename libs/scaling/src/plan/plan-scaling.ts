import {
  type Environment,
  type ScalingPolicy,
  computeFacts,
  policyCooldowns,
  policyTracking,
} from '@tideline/config';
import { PlanBuilder } from './plan-builder.ts';
import type { ScalingPlan } from './plan.ts';
import { planPredictive } from './plan-predictive.ts';
import { planStep } from './plan-step.ts';
import { planTracking } from './plan-tracking.ts';
import { createSchedule } from './schedule.ts';

export interface PlanOptions {
  /** Calendar instant of cloud second 0, which schedules and forecasts refer to. Default: `local.startsAt`. */
  readonly startedAt?: Date;
}

/**
 * Works out alarms, thresholds and schedules of an environment, in CloudWatch units.
 * @throws RangeError when a schedule cannot be read
 */
export function planScaling(environment: Environment, options: PlanOptions = {}): ScalingPlan {
  const builder = new PlanBuilder(environment, options.startedAt ?? new Date(environment.local.startsAt));
  for (const policy of environment.scaling.policies) {
    const planner: PolicyPlanner = planners[policy.type];
    planner.add(policy, builder);
  }
  return builder.plan({
    unit: computeFacts(environment).unit,
    capacity: environment.capacity,
    suspended: environment.scaling.suspendedState,
  });
}

/** Adds one kind of policy to a plan. Hand it a policy of that kind and no other. */
interface PolicyPlanner<Policy extends ScalingPolicy = ScalingPolicy> {
  add(policy: Policy, builder: PlanBuilder): void;
}

type PolicyOf<Type> = Extract<ScalingPolicy, { readonly type: Type }>;

const planners: { readonly [Type in ScalingPolicy['type']]: PolicyPlanner<PolicyOf<Type>> } = {
  'target-tracking': {
    add: (policy, builder) => {
      const { environment } = builder;
      planTracking(builder, policyTracking(policy, environment), policyCooldowns(policy, environment));
    },
  },
  step: { add: planStep },
  predictive: { add: planPredictive },
  scheduled: {
    add: ({ name, schedule, timeZone, minCapacity, maxCapacity }, builder) =>
      builder.addScheduledAction({
        name,
        schedule: createSchedule(schedule, timeZone, builder.startedAt),
        minCapacity,
        maxCapacity,
      }),
  },
};
