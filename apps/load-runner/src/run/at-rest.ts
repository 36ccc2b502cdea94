import type { CapacityProvider, Observation } from '@tideline/evidence';

/**
 * The service has come back to its minimum and nothing is about to raise it: every task there is runs, is healthy and
 * is wanted, no scaling activity is under way (the last one is over when the task it removed is gone), and no alarm on
 * a high value is in ALARM. An alarm on a low value may be: without load it stays there. Instances that tasks run on have
 * come back as well, where the observation has them.
 * @param instances bounds of the instances that are left; null where tasks have none of their own
 */
export const atRest =
  (minTasks: number, instances: InstanceBounds | null) =>
  ({ service, policies, activities, capacityProvider }: Observation): boolean =>
    service.desired === minTasks &&
    service.running === minTasks &&
    service.healthy === minTasks &&
    isQuiet({ policies, activities }) &&
    (instances === null || capacityProvider === undefined || haveComeBack(capacityProvider, instances));

interface InstanceBounds {
  readonly atLeast: number;
  readonly atMost: number;
}

const isQuiet = ({ policies, activities }: Pick<Observation, 'policies' | 'activities'>): boolean =>
  activities.every(({ status }) => status !== 'InProgress' && status !== 'Pending') &&
  policies.every(({ alarms }) =>
    alarms.every(({ comparison, state }) => !comparison.startsWith('>') || state !== 'ALARM'),
  );

function haveComeBack(provider: CapacityProvider, { atLeast, atMost }: InstanceBounds): boolean {
  const { desired, registering, active, draining } = provider.instances;
  const settled = active === desired && registering === 0 && draining === 0;
  return settled && active >= atLeast && active <= atMost && isQuiet(provider);
}
