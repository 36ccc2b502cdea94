import { type Environment, httpApi } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { bytesPerGigabyte, daysPerMonth, type Usage, monthlyRequests } from '../usage.ts';

const line = { part: 'edge', stack: 'ingress' } as const;

/** An HTTP API, where it is the way in. Its stage, routes and VPC link are free. */
export function ingressLines(environment: Environment, usage: Usage): readonly UnpricedLine[] {
  if (httpApi(environment) === null) return [];
  const { httpApiLogBytesPerRequest, logCompression } = usage.assumptions;
  const logged = (monthlyRequests(usage) * httpApiLogBytesPerRequest) / bytesPerGigabyte;
  const { logRetentionDays } = environment.observability;
  return [
    {
      ...line,
      id: 'ingress.requests',
      resource: 'HTTP API requests',
      quantity: monthlyRequests(usage) / 1e6,
      price: 'httpApi.millionRequests',
      note: 'every request, of 512 KB at most; the VPC link of an HTTP API is free',
    },
    {
      ...line,
      id: 'ingress.log',
      resource: 'Access log of the HTTP API, on arrival',
      quantity: logged,
      price: 'cloudwatch.logs',
      note: `${httpApiLogBytesPerRequest} bytes of a request`,
    },
    {
      ...line,
      id: 'ingress.logStorage',
      resource: 'Access log of the HTTP API, stored',
      quantity: (logged * logCompression * logRetentionDays) / daysPerMonth,
      price: 'cloudwatch.logStorage',
      note: `kept ${logRetentionDays} days, compressed to ${logCompression}`,
    },
  ];
}
