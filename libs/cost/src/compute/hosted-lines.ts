import { type Compute, type Environment, counted, tasksPerInstance } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { hoursPerMonth, type Usage } from '../usage.ts';
import { computeLine, ec2Lines, roundedAverage } from './ec2-lines.ts';

/**
 * Instances that so many tasks keep busy, on average. Tasks count as packed as tightly as they go, and instances as following
 * at once, which is the least that it can be: each outlives its last task by the time that managed scaling takes.
 */
export function averageInstances(compute: Compute<'ecs-ec2'>, averageTasks: number): number {
  const { instances, targetCapacityPercent } = compute;
  const needed = (averageTasks / tasksPerInstance(compute)) * (100 / targetCapacityPercent);
  return Math.min(instances.max, Math.max(instances.min, needed));
}

/** The instances that tasks run on, with their disks and public addresses. ECS itself is free. */
export function hostedLines(
  compute: Compute<'ecs-ec2'>,
  { environment, usage }: { readonly environment: Environment; readonly usage: Usage },
): readonly UnpricedLine[] {
  const instances = averageInstances(compute, usage.averageUnits);
  const packing = compute.taskPerInstance
    ? 'one task each'
    : `up to ${counted(tasksPerInstance(compute), 'task')} each`;
  const purpose = `, for ${counted(roundedAverage(usage.averageUnits), 'task')}, ${packing}`;
  return [
    ...ec2Lines(compute, { environment, usage, instances, purpose }),
    {
      ...computeLine,
      id: 'compute.addresses',
      resource: 'Public addresses of instances',
      quantity: instances * hoursPerMonth,
      price: 'publicAddress.hour',
      note: 'one each: their way to AWS, in place of endpoints or NAT gateways',
    },
  ];
}
