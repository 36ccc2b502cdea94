import type { Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { type Usage, daysPerMonth, monthlyGigabytes } from '../usage.ts';

/** The key of the log groups, and that of the alarms’ topic. */
const keys = 2;

/** What AWS’s security baseline adds that is billed by itself: flow logs, and the environment’s own keys. */
export const baselineLines = (environment: Environment, usage: Usage): readonly UnpricedLine[] => [
  ...(environment.network.flowLogs.enabled ? flowLogLines(environment, usage) : []),
  ...(environment.observability.customerManagedKeys ? keyLines(usage) : []),
];

function flowLogLines(
  { network: { flowLogs }, observability: { logRetentionDays } }: Environment,
  usage: Usage,
): readonly UnpricedLine[] {
  const { rejectedFlowGigabytes, flowLogBytesPerRequest, logCompression } = usage.assumptions;
  const line = { part: 'network', stack: 'network' } as const;
  const accepted = flowLogs.traffic === 'ALL' ? monthlyGigabytes(usage, flowLogBytesPerRequest) : 0;
  const gigabytes = rejectedFlowGigabytes + accepted;
  return [
    {
      ...line,
      id: 'network.flowLogs',
      resource: 'Flow logs, on arrival',
      quantity: gigabytes,
      price: 'cloudwatch.vendedLogs',
      note:
        flowLogs.traffic === 'ALL'
          ? `refused traffic, and ${flowLogBytesPerRequest} bytes of a request`
          : 'refused traffic alone',
    },
    {
      ...line,
      id: 'network.flowLogStorage',
      resource: 'Flow logs, stored',
      quantity: (gigabytes * logCompression * logRetentionDays) / daysPerMonth,
      price: 'cloudwatch.logStorage',
      note: `kept ${logRetentionDays} days, compressed to ${logCompression}`,
    },
  ];
}

function keyLines({ assumptions: { keyRequestsPerMonth } }: Usage): readonly UnpricedLine[] {
  const part = 'observability';
  return [
    {
      part,
      id: 'encryption.keys',
      resource: 'KMS keys',
      stack: 'network',
      quantity: keys,
      price: 'kms.key',
      note: 'one of the log groups, one of the alarms’ topic; each year’s rotation adds to a key’s price, twice at most',
    },
    {
      part,
      id: 'encryption.requests',
      resource: 'Requests to KMS keys',
      stack: 'network',
      quantity: keyRequestsPerMonth / 10_000,
      price: 'kms.tenThousandRequests',
      note: 'CloudWatch Logs and SNS use a data key for minutes; without the free 20,000',
    },
  ];
}
