import { type Environment, type InstanceType, capacityUnit, instanceTypes } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { daysPerMonth } from '../month.ts';
import type { Usage } from '../usage.ts';
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
  const vcpuHours = vcpuHoursADay(environment, {
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

/** vCPU-hours of a day on instances; tasks of ECS use no more than they reserve. */
export function vcpuHoursADay(
  environment: Environment,
  load: Pick<Usage, 'requestsPerSecond' | 'hoursPerDay' | 'averageUnits'> & {
    readonly vcpuHoursThere: number;
  },
): number {
  const asked = dailyVcpuHours(environment, load);
  if (environment.compute.kind !== 'ecs-ec2') return asked;
  return Math.min(asked, (load.averageUnits * 24 * capacityUnit(environment).cpuUnits) / 1024);
}

const round = (value: number): number => Math.round(value * 10) / 10;
