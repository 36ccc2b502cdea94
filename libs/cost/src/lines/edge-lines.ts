import type { Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { type Usage, monthlyGigabytes, monthlyRequests } from '../usage.ts';

/** AWS’s common rules, and the limit per address. */
const firewallRules = 2;

/** What is in front of the balancer, and the data that leaves AWS. */
export const edgeLines = (environment: Environment, usage: Usage): readonly UnpricedLine[] => [
  ...(environment.waf.enabled ? firewallLines(usage) : []),
  ...(environment.cdn.enabled ? distributionLines(usage) : [transferLine(usage)]),
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

function firewallLines(usage: Usage): readonly UnpricedLine[] {
  const line = { part: 'edge', stack: 'service' } as const;
  return [
    {
      ...line,
      id: 'edge.webAcl',
      resource: 'Web ACL',
      quantity: 1,
      price: 'waf.acl',
      note: 'of the balancer',
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
  ];
}

function distributionLines(usage: Usage): readonly UnpricedLine[] {
  const { answerBytes } = usage.assumptions;
  return [
    {
      id: 'edge.requests',
      part: 'edge',
      stack: 'service',
      resource: 'CloudFront requests',
      quantity: monthlyRequests(usage) / 10_000,
      price: 'cloudfront.tenThousandRequests',
      note: 'HTTPS; nothing is cached; without the free 10 million',
    },
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
