import type { Environment } from '@tideline/config';
import type { MetricSeries, Observation } from '@tideline/evidence';
import { type AwsReads, everyPage, nextToken } from './reads/aws-reads.ts';
import { type MetricQuery, datapoints, metricQuery, metricRequest } from './metric-query.ts';
import { type DrivenPolicy, drivenPolicies, policyMetric, policyObservation } from './policy-observations.ts';
import type { ListedPolicy, ListedScaling, ListingScope, ScalingListing } from './watched-capacity.ts';

/** DescribeAlarms takes so many names at once (CloudWatch API reference). */
const alarmsPerCall = 100;

/** What changes slowly: alarms are evaluated once a minute, and every figure costs a request. */
export type ScalingFacts = Pick<Observation, 'policies' | 'metrics'> &
  Pick<ListedScaling, 'capacity' | 'activities' | 'events'>;

export interface FactsScope extends ListingScope {
  readonly environment: Environment;
  readonly nowMs: number;
}

/** Asks the service that scales the capacity, and CloudWatch, for everything about scaling. */
async function scalingFacts(
  { reads, watched }: { readonly reads: AwsReads; readonly watched: ScalingListing },
  scope: FactsScope,
): Promise<ScalingFacts> {
  const { environment } = scope;
  const { policies, ...listed } = await watched.listScaling(scope);
  const driven = drivenPolicies(environment, { policies, alarms: await alarmsOf(reads, policies) });
  return {
    ...listed,
    policies: driven.map((each) => policyObservation(environment, each)),
    metrics: await metricsOf(reads, { scope, driven }),
  };
}

async function alarmsOf(reads: AwsReads, policies: readonly ListedPolicy[]) {
  const names = policies.flatMap(({ alarmNames }) => alarmNames);
  const batches = Array.from({ length: Math.ceil(names.length / alarmsPerCall) }, (_, index) =>
    names.slice(index * alarmsPerCall, (index + 1) * alarmsPerCall),
  );
  const found = await Promise.all(
    batches.map((AlarmNames) =>
      everyPage(async (token) => {
        const page = await reads.describeAlarms({
          ...{ AlarmNames, AlarmTypes: ['MetricAlarm'], MaxRecords: alarmsPerCall },
          ...nextToken(token),
        });
        return [page.MetricAlarms, page.NextToken];
      }),
    ),
  );
  return found.flat();
}

/** One series per metric, however many policies share it. */
async function metricsOf(
  reads: AwsReads,
  { scope, driven }: { readonly scope: FactsScope; readonly driven: readonly DrivenPolicy[] },
): Promise<MetricSeries[]> {
  const byKey = new Map<string, { readonly unit: MetricSeries['unit']; readonly query: MetricQuery }>();
  for (const each of driven) {
    const { key, unit } = policyMetric(scope.environment, each);
    const query = each.alarms.map(metricQuery).find((found) => found !== null);
    if (query !== undefined && !byKey.has(key)) byKey.set(key, { unit, query });
  }
  return Promise.all(
    [...byKey].map(async ([key, { unit, query }]) => ({
      key,
      unit,
      periodSeconds: query.periodSeconds,
      datapoints: datapoints(await resultsOf(reads, { scope, query }), scope.toCloudSeconds),
    })),
  );
}

async function resultsOf(
  reads: AwsReads,
  { scope, query }: { readonly scope: FactsScope; readonly query: MetricQuery },
) {
  const request = metricRequest(query, { fromMs: scope.sinceMs, toMs: scope.nowMs });
  if (request === null) return [];
  return everyPage(async (token) => {
    const page = await reads.getMetricData({ ...request, ...nextToken(token) });
    return [page.MetricDataResults, page.NextToken];
  });
}

/** Counts are asked for at every look; the rest, which changes once a minute, no more often than this. */
const periodMs = 15_000;

/** The latest facts, asked for again when they have grown old; two looks at once share one answer. */
export class RecentFacts {
  readonly #asking: { readonly reads: AwsReads; readonly watched: ScalingListing };
  #latest: { readonly askedMs: number; readonly answer: Promise<ScalingFacts> } | null = null;

  constructor(reads: AwsReads, watched: ScalingListing) {
    this.#asking = { reads, watched };
  }

  /** A failed answer is not kept. @throws ObserverError */
  async at(scope: FactsScope): Promise<ScalingFacts> {
    const { nowMs } = scope;
    if (this.#latest !== null && nowMs - this.#latest.askedMs < periodMs) return this.#latest.answer;
    const facts = { askedMs: nowMs, answer: scalingFacts(this.#asking, scope) };
    this.#latest = facts;
    try {
      return await facts.answer;
    } catch (error) {
      if (this.#latest === facts) this.#latest = null;
      throw error;
    }
  }
}
