import type { Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { bytesPerGigabyte, daysPerMonth, type Usage, monthlyGigabytes, monthlyRequests } from '../usage.ts';

/** AWS’s common rules, and the limit per address. */
const firewallRules = 2;

/** What is in front of the balancer, and the data that leaves AWS. */
export const edgeLines = (environment: Environment, usage: Usage): readonly UnpricedLine[] => [
  ...(environment.waf.enabled ? firewallLines(environment, usage) : []),
  ...(environment.cdn.enabled ? distributionLines(environment, usage) : [transferLine(usage)]),
];

function transferLine(usage: Usage): UnpricedLine {
  const { answerBytes } = usage.assumptions;
  return {
    id: 'transfer.out',
    part: 'transfer',
    stack: 'service',
    resource: 'Data transfer to the internet',
    quantity: monthlyGigabytes(usage, answerBytes),
    price: 'transfer.out',
    note: `answers of ${answerBytes} bytes; no free gigabytes`,
  };
}

function firewallLines({ waf, cdn }: Environment, usage: Usage): readonly UnpricedLine[] {
  const line = { part: 'edge', stack: 'service' } as const;
  return [
    {
      ...line,
      id: 'edge.webAcl',
      resource: 'Web ACL',
      quantity: 1,
      price: 'waf.acl',
      note: cdn.enabled ? 'of the distribution' : 'of the balancer',
    },
    {
      ...line,
      id: 'edge.rules',
      resource: 'Rules of the web ACL',
      quantity: firewallRules,
      price: 'waf.rule',
      note: 'AWS’s common rules count as one, the limit per address is the other',
    },
    {
      ...line,
      id: 'edge.inspected',
      resource: 'Requests that the web ACL inspects',
      quantity: monthlyRequests(usage) / 1e6,
      price: 'waf.millionRequests',
      note: 'every request',
    },
    ...(waf.log === 'all'
      ? [
          {
            ...line,
            id: 'edge.firewallLog',
            resource: 'Log of the web ACL, on arrival',
            quantity: monthlyGigabytes(usage, usage.assumptions.firewallLogBytesPerRequest),
            price: 'cloudwatch.logs',
            note: 'a line of every request; without the free 500 MB of each million',
          } as const,
        ]
      : []),
  ];
}

function distributionLines({ accessLogs }: Environment, usage: Usage): readonly UnpricedLine[] {
  const { answerBytes, accessLogBytesPerRequest } = usage.assumptions;
  const line = { part: 'edge', stack: 'service' } as const;
  return [
    {
      ...line,
      id: 'edge.requests',
      resource: 'CloudFront requests',
      quantity: monthlyRequests(usage) / 10_000,
      price: 'cloudfront.tenThousandRequests',
      note: 'HTTPS, answers from its cache too; without the free 10 million',
    },
    {
      ...line,
      id: 'edge.secret',
      resource: 'Secret between CloudFront and the balancer',
      quantity: 1,
      price: 'secrets.secret',
      note: 'read by deployments alone',
    },
    ...(accessLogs.enabled
      ? [
          {
            ...line,
            id: 'edge.accessLogs',
            resource: 'Access logs of CloudFront in S3',
            quantity:
              ((monthlyRequests(usage) / daysPerMonth) *
                accessLogBytesPerRequest *
                accessLogs.retentionDays) /
              bytesPerGigabyte,
            price: 's3.standard',
            note: `${accessLogBytesPerRequest} bytes of a request, kept ${accessLogs.retentionDays} days; delivery to S3 is free`,
          } as const,
        ]
      : []),
    {
      id: 'transfer.cdn',
      part: 'transfer',
      stack: 'service',
      resource: 'Data transfer from CloudFront',
      quantity: monthlyGigabytes(usage, answerBytes),
      price: 'cloudfront.gigabyte',
      note: `answers of ${answerBytes} bytes, to America and Europe; without the free TB; free to CloudFront`,
    },
  ];
}
