import { type Environment, type InstanceType, instanceTypes } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { daysPerMonth, type Usage } from '../usage.ts';
import { creditFamily, surplusVcpuHours } from './cpu-credits.ts';
import { dailyVcpuHours } from './cpu-work.ts';

export interface CreditUse {
  readonly environment: Environment;
  readonly usage: Usage;
  /** Instances that the work is spread over, on average. */
  readonly instances: number;
}

/** CPU time that the size of instances does not include; no line for a family that sells none. */
export function creditLines(
  instanceType: InstanceType,
  { environment, usage, instances }: CreditUse,
): readonly UnpricedLine[] {
  const family = creditFamily(instanceType);
  if (family === null) return [];
  const instanceHours = instances * 24;
  const vcpuHours = dailyVcpuHours(environment, {
    ...usage,
    vcpuHoursThere: instanceHours * instanceTypes[instanceType].vcpus,
  });
  return [
    {
      id: 'compute.credits',
      part: 'compute',
      stack: 'service',
      resource: 'CPU credits beyond those earned',
      quantity: surplusVcpuHours(instanceType, { vcpuHours, instanceHours }) * daysPerMonth,
      price: `ec2.${family}.surplusCredits`,
      note: `${round(vcpuHours)} vCPU-hours of work a day; ${instanceType} runs in unlimited mode by default`,
    },
  ];
}

const round = (value: number): number => Math.round(value * 10) / 10;
