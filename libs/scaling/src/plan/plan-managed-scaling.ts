import { type Compute, type Environment, managedScaling } from '@tideline/config';
import { PlanBuilder } from './plan-builder.ts';
import type { ScalingPlan } from './plan.ts';
import { planTracking } from './plan-tracking.ts';

/** Where a service has cooldowns, instances warm up. */
const managed = { type: 'managed-scaling', scaleOutSeconds: 0, scaleInSeconds: 0 } as const;

/** What is suspended of a service’s scaling leaves that of its instances alone. */
const nothing = {
  dynamicScalingInSuspended: false,
  dynamicScalingOutSuspended: false,
  scheduledScalingSuspended: false,
};

/**
 * Managed scaling of a capacity provider as a plan over instances: one policy that holds a target of
 * `CapacityProviderReservation`, whose alarms go out after one datapoint and in after fifteen.
 */
export function planManagedScaling(environment: Environment, compute: Compute<'ecs-ec2'>): ScalingPlan {
  const builder = new PlanBuilder(environment, new Date(0));
  planTracking(builder, managedScaling(environment, compute), managed);
  return builder.plan({ unit: 'instance', capacity: compute.instances, suspended: nothing });
}
