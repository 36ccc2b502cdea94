import { ConfigurationError, type Environment, type NodePrice, type PriceTable } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { hoursPerMonth, type Usage, monthlyGigabytes, monthlyRequests } from '../usage.ts';

const line = { part: 'sessions', stack: 'data' } as const;
const engineNames: Readonly<Record<Environment['sessions']['engine'], string>> = {
  redis: 'Redis OSS',
  valkey: 'Valkey',
};
/** The store’s token, and the keys that sign cookies. */
const secrets = 2;
const freeSnapshots = 1;

/**
 * Where sessions live: the nodes, the secrets, and the data that crosses zones on the way there.
 * @throws ConfigurationError when the table has no price for the node type
 */
export function sessionStoreLines(
  environment: Environment,
  { usage, prices }: { readonly usage: Usage; readonly prices: PriceTable },
): readonly UnpricedLine[] {
  const { store, engine, nodeType, replicas } = environment.sessions;
  if (store === 'none') return [];
  const price = nodePrice(environment.sessions, prices);
  const server = engineNames[engine];
  return [
    {
      ...line,
      id: 'sessions.primary',
      resource: `ElastiCache primary, ${server}, ${nodeType}`,
      quantity: hoursPerMonth,
      price,
      note: 'around the clock',
    },
    ...(replicas === 0
      ? []
      : [
          {
            ...line,
            id: 'sessions.replicas',
            resource: `ElastiCache replicas, ${server}, ${nodeType}`,
            quantity: replicas * hoursPerMonth,
            price,
            note: `${replicas} around the clock, for automatic failover; replication between zones is free`,
          },
        ]),
    ...snapshotLines(environment, usage),
    {
      ...line,
      id: 'sessions.secrets',
      resource: 'Secrets',
      quantity: secrets,
      price: 'secrets.secret',
      note: 'token of the store, and keys that sign cookies; a token of stress routes is a line of its own',
    },
    {
      ...line,
      id: 'sessions.secretReads',
      resource: 'Reads of secrets',
      quantity: (usage.assumptions.deploymentsPerMonth * usage.averageUnits * secrets) / 10_000,
      price: 'secrets.tenThousandCalls',
      note: 'at every start after a deployment',
    },
    {
      ...line,
      id: 'sessions.betweenZones',
      resource: 'Session data between zones',
      quantity: betweenZones(environment, usage),
      price: 'transfer.betweenZones',
      note:
        monthlyRequests(usage) === 0
          ? 'no requests'
          : `${usage.assumptions.sessionBytesPerRequest} bytes of a request, unless the primary is in the same zone`,
    },
  ];
}

/** The store keeps one snapshot for nothing; each further day is one more. */
function snapshotLines({ sessions }: Environment, { assumptions }: Usage): readonly UnpricedLine[] {
  const { snapshotRetentionDays } = sessions;
  if (snapshotRetentionDays === 0) return [];
  return [
    {
      ...line,
      id: 'sessions.snapshots',
      resource: 'Snapshots of the session store',
      quantity: (snapshotRetentionDays - freeSnapshots) * assumptions.sessionsGigabytes,
      price: 'elasticache.backup',
      note: `one of ${assumptions.sessionsGigabytes} GB each day, kept ${snapshotRetentionDays} days; the first is free`,
    },
  ];
}

function nodePrice(
  { engine, nodeType }: Pick<Environment['sessions'], 'engine' | 'nodeType'>,
  prices: PriceTable,
): NodePrice {
  const beginning = engine === 'valkey' ? 'elasticache.valkey.' : 'elasticache.';
  const price = `${beginning}${nodeType}` as NodePrice;
  if (prices[price] !== undefined) return price;
  const known = Object.keys(prices)
    .filter((name) => name.startsWith(`${beginning}cache.`))
    .map((name) => name.slice(beginning.length));
  throw new ConfigurationError([
    {
      code: 'TL-CONFIG-SCHEMA',
      path: 'sessions.nodeType',
      message: `got "${nodeType}", for which there is no price; there are prices for ${known.join(', ')}. Give it as "${price}" in a file of prices (--prices)`,
    },
  ]);
}

function betweenZones({ availabilityZones }: Environment, usage: Usage): number {
  const elsewhere = 1 - 1 / availabilityZones.length;
  return monthlyGigabytes(usage, usage.assumptions.sessionBytesPerRequest) * elsewhere;
}
