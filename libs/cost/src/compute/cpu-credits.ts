import { type InstanceType, instanceTypes, type Environment } from '@tideline/config';
import { secondsPerHour, type DailyLoad } from '../usage.ts';

/** vCPUs that an instance may use all the time, by its size (EC2 user guide, burstable performance instances). */
const baselineVcpus: Readonly<Record<InstanceType, number>> = {
  't2.micro': 0.1,
  't2.small': 0.2,
  't2.medium': 0.4,
  't3.micro': 0.2,
  't3.small': 0.4,
  't3.medium': 0.4,
  't3.large': 0.6,
  't4g.micro': 0.2,
  't4g.small': 0.4,
  't4g.medium': 0.4,
  't4g.large': 0.6,
};

export type CreditFamily = 't3' | 't4g';

/** Family whose surplus credits are sold; null for T2, which AWS launches in standard mode: it slows down instead. */
export function creditFamily(instanceType: InstanceType): CreditFamily | null {
  if (instanceType.startsWith('t3.')) return 't3';
  return instanceType.startsWith('t4g.') ? 't4g' : null;
}

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
  return Math.max(0, Math.min(vcpuHours, most) - instanceHours * baselineVcpus[instanceType]);
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
