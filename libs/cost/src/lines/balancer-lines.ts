import { type Environment, httpApi } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import {
  bytesPerGigabyte,
  daysPerMonth,
  hoursPerMonth,
  type Usage,
  monthlyRequests,
  type DailyLoad,
} from '../usage.ts';
import type { CostAssumptions } from '../cost-assumptions.ts';

const line = { part: 'balancer', stack: 'service' } as const;

/** The balancer, its addresses, and its access logs. */
export function balancerLines(environment: Environment, usage: Usage): readonly UnpricedLine[] {
  const zones = environment.availabilityZones.length;
  const { units, dimension } = capacityUnits(usage, usage.assumptions);
  return [
    {
      ...line,
      id: 'balancer.hours',
      resource: 'Application Load Balancer',
      quantity: hoursPerMonth,
      price: 'alb.hour',
      note: 'around the clock',
    },
    {
      ...line,
      id: 'balancer.capacity',
      resource: 'Balancer capacity (LCU)',
      quantity: units * usage.hoursPerDay * daysPerMonth,
      price: 'alb.lcuHour',
      note: units === 0 ? 'no requests' : `${units.toFixed(2)} LCU under load; ${dimension} rule`,
    },
    // An internal balancer has private addresses, which are free.
    ...(httpApi(environment) === null ? [addresses(zones)] : []),
    ...(environment.accessLogs.enabled ? [accessLogs(environment, usage)] : []),
  ];
}

const addresses = (zones: number): UnpricedLine => ({
  ...line,
  id: 'balancer.addresses',
  resource: 'Public addresses of the balancer',
  quantity: zones * hoursPerMonth,
  price: 'publicAddress.hour',
  note: `one in each of ${zones} zones; a busy balancer may take more`,
});

function accessLogs({ accessLogs: { retentionDays } }: Environment, usage: Usage): UnpricedLine {
  const { accessLogBytesPerRequest } = usage.assumptions;
  const bytesPerDay = (monthlyRequests(usage) / daysPerMonth) * accessLogBytesPerRequest;
  return {
    ...line,
    id: 'balancer.accessLogs',
    resource: 'Access logs in S3',
    quantity: (bytesPerDay * retentionDays) / bytesPerGigabyte,
    price: 's3.standard',
    note: `${accessLogBytesPerRequest} bytes of a request, kept ${retentionDays} days`,
  };
}

/** Rules that a listener evaluates free of charge for each request. */
const freeRules = 10;
/** Every request meets the default action, or the one rule that knows CloudFront. */
const rules = 1;

/** What one LCU holds, by each of its four dimensions. */
const lcu = { newConnections: 25, activeConnections: 3000, gigabytesPerHour: 1, evaluations: 1000 } as const;

interface CapacityUnits {
  /** LCUs used while there is load: the largest of the four dimensions, which alone is billed. */
  readonly units: number;
  readonly dimension: 'new connections' | 'active connections' | 'processed bytes' | 'rule evaluations';
}

/**
 * Load Balancer Capacity Units of an ALB under a load: 25 new connections per second, 3,000 active ones a minute, 1 GB an
 * hour, or 1,000 rule evaluations per second beyond ten rules (ELB pricing).
 */
export function capacityUnits(
  { requestsPerSecond }: Pick<DailyLoad, 'requestsPerSecond'>,
  assumptions: CostAssumptions,
): CapacityUnits {
  const { answerBytes, requestBytes, requestsPerConnection, connectionSeconds } = assumptions;
  const newPerSecond = requestsPerSecond / Math.max(1, requestsPerConnection);
  // A connection counts in each minute that it sees some part of.
  const activePerMinute = newPerSecond * (connectionSeconds + 60);
  const gigabytesPerHour = (requestsPerSecond * 3600 * (answerBytes + requestBytes)) / 1e9;
  const evaluations = requestsPerSecond * Math.max(0, rules - freeRules);
  const dimensions: readonly CapacityUnits[] = [
    { dimension: 'new connections', units: newPerSecond / lcu.newConnections },
    { dimension: 'active connections', units: activePerMinute / lcu.activeConnections },
    { dimension: 'processed bytes', units: gigabytesPerHour / lcu.gigabytesPerHour },
    { dimension: 'rule evaluations', units: evaluations / lcu.evaluations },
  ];
  return dimensions.reduce((largest, each) => (each.units > largest.units ? each : largest));
}
