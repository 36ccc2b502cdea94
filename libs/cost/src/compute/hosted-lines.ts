import { type Compute, type Environment, counted, tasksPerInstance } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { hoursPerMonth } from '../month.ts';
import type { Usage } from '../usage.ts';
import { creditLines } from './credit-lines.ts';

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
  const { instanceType, rootVolumeGiB } = compute;
  const instances = averageInstances(compute, usage.averageUnits);
  const line = { part: 'compute', stack: 'service' } as const;
  const packing = compute.taskPerInstance
    ? 'one task each'
    : `up to ${counted(tasksPerInstance(compute), 'task')} each`;
  return [
    {
      ...line,
      id: 'compute.instances',
      resource: `EC2 instances, ${instanceType}`,
      quantity: instances * hoursPerMonth,
      price: `ec2.${instanceType}`,
      note: `${counted(round(instances), 'instance')} on average, on demand, for ${counted(round(usage.averageUnits), 'task')}, ${packing}`,
    },
    ...creditLines(instanceType, { environment, usage, instances }),
    {
      ...line,
      id: 'compute.volumes',
      resource: 'EBS root volumes, gp3',
      quantity: instances * rootVolumeGiB,
      price: 'ebs.gp3',
      note: `${rootVolumeGiB} GiB each; the IOPS and throughput that come with gp3`,
    },
    {
      ...line,
      id: 'compute.addresses',
      resource: 'Public addresses of instances',
      quantity: instances * hoursPerMonth,
      price: 'publicAddress.hour',
      note: 'one each: their way to AWS, in place of endpoints or NAT gateways',
    },
  ];
}

const round = (value: number): number => Math.round(value * 100) / 100;
