import { type Environment, httpApi } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { bytesPerGigabyte, daysPerMonth, hoursPerMonth } from '../month.ts';
import { type Usage, monthlyRequests } from '../usage.ts';
import { capacityUnits } from './capacity-units.ts';

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
