import { type InstanceType, instanceTypes, type Environment } from '@tideline/config';
import { secondsPerHour, type DailyLoad } from '../usage.ts';

/** Price of a vCPU-hour beyond what instances have earned, where they go on: T2, T3 and T4g have one each. */
export const surplusCreditPrice = (instanceType: InstanceType) => {
  const [family = ''] = instanceType.split('.');
  return `ec2.${family as 't2' | 't3' | 't4g'}.surplusCredits` as const;
};

/** CPU time asked of a group in a day. */
export interface CpuDemand {
  /** vCPU-hours of work. */
  readonly vcpuHours: number;
  /** Instance-hours that the work is spread over. */
  readonly instanceHours: number;
}

/**
 * vCPU-hours beyond what instances earn in credits. Credits count as shared by all instances and as kept for a day, which
 * is the least that it can be: a terminated instance takes its credits with it.
 */
export function surplusVcpuHours(
  instanceType: InstanceType,
  { vcpuHours, instanceHours }: CpuDemand,
): number {
  const most = instanceHours * instanceTypes[instanceType].vcpus;
  return Math.max(0, Math.min(vcpuHours, most) - instanceHours * instanceTypes[instanceType].baselineVcpus);
}

/** The simulator’s own models of HTTP and of an idle process (`SimulationOptions` of libs/scaling). */
const overheadMillisecondsPerRequest = 0.5;
const idleShare = 0.01;

/** vCPU-hours of work that a day asks for: the requests’, and that of instances which wait for some. */
export function dailyVcpuHours(
  { container }: Pick<Environment, 'container'>,
  {
    requestsPerSecond,
    hoursPerDay,
    vcpuHoursThere,
  }: DailyLoad & { /** vCPU-hours that all instances have. */ readonly vcpuHoursThere: number },
): number {
  const millisecondsPerRequest = container.cpuMillisecondsPerRequest + overheadMillisecondsPerRequest;
  const requests = requestsPerSecond * hoursPerDay * secondsPerHour;
  return (requests * millisecondsPerRequest) / 1000 / secondsPerHour + vcpuHoursThere * idleShare;
}
