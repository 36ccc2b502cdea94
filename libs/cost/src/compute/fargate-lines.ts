import type { Compute } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { hoursPerMonth, type Usage } from '../usage.ts';

/** Hours of tasks, and how a bill calls them. */
export interface TaskTime {
  readonly id: string;
  readonly resource: string;
  readonly hours: number;
  /** What address they have, in words. */
  readonly address: string;
}

/** The service’s tasks: vCPU and memory by the second. They have no public address, and no storage beyond the 20 GB that are free. */
export function fargateLines(compute: Compute<'fargate'>, { averageUnits }: Usage): readonly UnpricedLine[] {
  return taskLines(compute, {
    id: 'compute',
    resource: 'Fargate tasks',
    hours: averageUnits * hoursPerMonth,
    address: 'no public address',
  });
}

/** vCPU-hours and GB-hours of tasks of one size. */
export function taskLines(
  size: Pick<Compute<'fargate'>, 'cpuUnits' | 'memoryMiB' | 'architecture'>,
  tasks: TaskTime,
): readonly UnpricedLine[] {
  const vcpus = size.cpuUnits / 1024;
  const gigabytes = size.memoryMiB / 1024;
  const family = size.architecture === 'ARM64' ? 'fargate.arm' : 'fargate.x86';
  const hours = `${round(tasks.hours)} task-hours`;
  const line = { part: 'compute', stack: 'service' } as const;
  return [
    {
      ...line,
      id: `${tasks.id}.vcpu`,
      resource: `${tasks.resource}, vCPU`,
      quantity: tasks.hours * vcpus,
      price: `${family}.vcpuHour`,
      note: `${hours} of ${vcpus} vCPU, ${size.architecture}; ${tasks.address}`,
    },
    {
      ...line,
      id: `${tasks.id}.memory`,
      resource: `${tasks.resource}, memory`,
      quantity: tasks.hours * gigabytes,
      price: `${family}.gigabyteHour`,
      note: `${hours} of ${gigabytes} GB`,
    },
  ];
}

const round = (value: number): number => Math.round(value * 10) / 10;
