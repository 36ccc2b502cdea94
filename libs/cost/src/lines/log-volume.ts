import type { Environment } from '@tideline/config';
import { bytesPerGigabyte, hoursPerMonth, secondsPerHour } from '../month.ts';
import { type Usage, monthlyGigabytes } from '../usage.ts';

/** Gigabytes of a month that the app logs: a line of every request, and of every health check. */
export function logGigabytes(environment: Environment, usage: Usage): number {
  const { logBytesPerRequest } = usage.assumptions;
  const { healthCheck, availabilityZones, compute } = environment;
  // The balancer’s node in each zone asks every target; ECS asks the container as well.
  const askers = availabilityZones.length + (compute.kind === 'ec2-asg' ? 0 : 1);
  const checksPerUnit = (askers * hoursPerMonth * secondsPerHour) / healthCheck.intervalSeconds;
  const checks = usage.averageUnits * checksPerUnit;
  return monthlyGigabytes(usage, logBytesPerRequest) + (checks * logBytesPerRequest) / bytesPerGigabyte;
}
