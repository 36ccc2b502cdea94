import type { Environment } from '@tideline/config';
import { secondsPerHour, type DailyLoad } from '../usage.ts';

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
