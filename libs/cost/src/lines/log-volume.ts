import { type Environment, computeFacts } from '@tideline/config';
import { bytesPerGigabyte, hoursPerMonth, secondsPerHour } from '../month.ts';
import { type Usage, monthlyGigabytes } from '../usage.ts';

/** Gigabytes of a month that the app logs: a line of every request, and of every health check. */
export function logGigabytes(environment: Environment, usage: Usage): number {
  const { logBytesPerRequest } = usage.assumptions;
  const { healthCheck, availabilityZones } = environment;
  // The balancer’s node in each zone asks every target; ECS asks the container as well.
  const askers = availabilityZones.length + (computeFacts(environment).hasContainerHealthCheck ? 1 : 0);
  const checksPerUnit = (askers * hoursPerMonth * secondsPerHour) / healthCheck.intervalSeconds;
  const checks = usage.averageUnits * checksPerUnit;
  return monthlyGigabytes(usage, logBytesPerRequest) + (checks * logBytesPerRequest) / bytesPerGigabyte;
}
