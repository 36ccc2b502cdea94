import { type Environment, type PriceTable, computeFacts } from '@tideline/config';
import { computeLines } from './compute/compute-lines.ts';
import { type LineItem, priceLine, roundUsd } from './line-item.ts';
import { balancerLines } from './lines/balancer-lines.ts';
import { baselineLines } from './lines/baseline-lines.ts';
import { deliveryLines, stressTokenLines } from './lines/delivery-lines.ts';
import { edgeLines } from './lines/edge-lines.ts';
import { fileStoreLines } from './lines/file-store-lines.ts';
import { ingressLines } from './lines/ingress-lines.ts';
import { networkLines } from './lines/network-lines.ts';
import { observabilityLines } from './lines/observability-lines.ts';
import { releaseLines } from './lines/release-lines.ts';
import { sessionStoreLines } from './lines/session-store-lines.ts';
import { type Usage, bytesPerGigabyte, hoursPerMonth, secondsPerHour, monthlyGigabytes } from './usage.ts';

/** What a month costs. */
export interface Estimate {
  readonly lines: readonly LineItem[];
  /** Sum of the lines, USD. */
  readonly monthlyUsd: number;
  /** Sum of the lines of `compute`, USD. */
  readonly computeUsd: number;
}

/**
 * What the resources of every stack cost in a month of 730 hours, at the given use and prices.
 * The lines are the same for every use, only their quantities differ.
 * @throws ConfigurationError when the table has no price for the session store’s node type
 */
export function estimate(environment: Environment, usage: Usage, prices: PriceTable): Estimate {
  const logs = { logGigabytes: logGigabytes(environment, usage) };
  const lines = [
    ...computeLines(environment, usage),
    ...balancerLines(environment, usage),
    ...edgeLines(environment, usage),
    ...ingressLines(environment, usage),
    ...networkLines(environment, logs),
    ...sessionStoreLines(environment, { usage, prices }),
    ...fileStoreLines(environment, usage),
    ...observabilityLines(environment, { usage, ...logs }),
    ...baselineLines(environment, usage),
    ...deliveryLines(environment, usage),
    ...releaseLines(environment, usage),
    ...stressTokenLines(environment),
  ].map((line) => priceLine(line, prices));
  return {
    lines,
    monthlyUsd: sumUsd(lines),
    computeUsd: sumUsd(lines.filter(({ part }) => part === 'compute')),
  };
}

const sumUsd = (lines: readonly LineItem[]): number =>
  roundUsd(lines.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0));

/** Gigabytes of a month that the app logs: a line of every request, and of every health check. */
function logGigabytes(environment: Environment, usage: Usage): number {
  const { logBytesPerRequest } = usage.assumptions;
  const { healthCheck, availabilityZones } = environment;
  // The balancer’s node in each zone asks every target; ECS asks the container as well.
  const askers = availabilityZones.length + (computeFacts(environment).hasContainerHealthCheck ? 1 : 0);
  const checksPerUnit = (askers * hoursPerMonth * secondsPerHour) / healthCheck.intervalSeconds;
  const checks = usage.averageUnits * checksPerUnit;
  return monthlyGigabytes(usage, logBytesPerRequest) + (checks * logBytesPerRequest) / bytesPerGigabyte;
}
