import {
  type CpuCredits,
  type Environment,
  type InstanceType,
  counted,
  cpuCreditsOf,
  instanceTypes,
} from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { daysPerMonth, hoursPerMonth, type Usage } from '../usage.ts';
import { dailyVcpuHours, surplusCreditPrice, surplusVcpuHours } from './cpu-credits.ts';

/** Settings of instances that cost something. */
interface InstanceCompute {
  readonly instanceType: InstanceType;
  readonly cpuCredits: CpuCredits | null;
  readonly rootVolumeGiB: number;
}

interface InstanceUse {
  readonly environment: Environment;
  readonly usage: Usage;
  /** Instances that the work is spread over, on average. */
  readonly instances: number;
}

/** What the lines of compute have in common. */
export const computeLine = { part: 'compute', stack: 'service' } as const;

export const roundedAverage = (value: number): number => Math.round(value * 100) / 100;

/**
 * Instances with the CPU time that their size does not include, and their disks.
 * @param use.purpose what they are for, and what else to know of them: the end of a note
 */
export function ec2Lines(
  { instanceType, cpuCredits, rootVolumeGiB }: InstanceCompute,
  { purpose, ...use }: InstanceUse & { readonly purpose: string },
): readonly UnpricedLine[] {
  const { instances } = use;
  return [
    {
      ...computeLine,
      id: 'compute.instances',
      resource: `EC2 instances, ${instanceType}`,
      quantity: instances * hoursPerMonth,
      price: `ec2.${instanceType}`,
      note: `${counted(roundedAverage(instances), 'instance')} on average, on demand${purpose}`,
    },
    ...creditLines({ instanceType, cpuCredits }, use),
    {
      ...computeLine,
      id: 'compute.volumes',
      resource: 'EBS root volumes, gp3',
      quantity: instances * rootVolumeGiB,
      price: 'ebs.gp3',
      note: `${rootVolumeGiB} GiB each; the IOPS and throughput that come with gp3`,
    },
  ];
}

/** CPU time that the size of instances does not include; no line in standard mode, which slows them down instead. */
function creditLines(
  { instanceType, cpuCredits }: Pick<InstanceCompute, 'instanceType' | 'cpuCredits'>,
  { environment, usage, instances }: InstanceUse,
): readonly UnpricedLine[] {
  if (cpuCreditsOf({ instanceType, cpuCredits }) === 'standard') return [];
  const instanceHours = instances * 24;
  const vcpuHours = dailyVcpuHours(environment, {
    ...usage,
    vcpuHoursThere: instanceHours * instanceTypes[instanceType].vcpus,
  });
  return [
    {
      ...computeLine,
      id: 'compute.credits',
      resource: 'CPU credits beyond those earned',
      quantity: surplusVcpuHours(instanceType, { vcpuHours, instanceHours }) * daysPerMonth,
      price: surplusCreditPrice(instanceType),
      note: `${round(vcpuHours)} vCPU-hours of work a day; ${instanceType} runs in unlimited mode${cpuCredits === null ? ' by default' : ''}`,
    },
  ];
}

const round = (value: number): number => Math.round(value * 10) / 10;
