import { type Environment, resourceNames } from '@tideline/config';
import type { MetricSeries, Observation } from '@tideline/evidence';
import type { AwsReads } from './aws-reads.ts';
import type { DesiredHistory } from './desired-history.ts';
import { everyPage } from './every-page.ts';
import { type MetricQuery, datapoints, metricQuery, metricRequest } from './metric-query.ts';
import { type DrivenPolicy, drivenPolicies, policyMetric, policyObservation } from './policy-observations.ts';
import { scalingActivities } from './scaling-activities.ts';

/** DescribeAlarms takes so many names at once (CloudWatch API reference). */
const alarmsPerCall = 100;

/** What changes slowly: alarms are evaluated once a minute, and every figure costs a request. */
export type ScalingFacts = Pick<Observation, 'policies' | 'activities' | 'metrics'> & {
  /** Null where the service is no scalable target. */
  readonly capacity: Observation['capacity'] | null;
};

export interface FactsScope {
  readonly environment: Environment;
  /** Nothing before this moment is asked for. */
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly toCloudSeconds: (at: Date) => number;
  readonly desired: DesiredHistory;
}

/** Asks Application Auto Scaling and CloudWatch for everything that scaling is and did. */
export async function scalingFacts(reads: AwsReads, scope: FactsScope): Promise<ScalingFacts> {
  const { environment } = scope;
  const ResourceId = resourceNames(environment).scalableTarget;
  const onTarget = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;
  const [targets, policies, activities] = await Promise.all([
    reads.describeScalableTargets({ ...onTarget, ResourceIds: [ResourceId] }),
    everyPage(async (token) => {
      const page = await reads.describeScalingPolicies({ ...onTarget, ResourceId, ...nextToken(token) });
      return [page.ScalingPolicies, page.NextToken];
    }),
    everyPage(
      async (token) => {
        const page = await reads.describeScalingActivities({
          ...{ ...onTarget, ResourceId, IncludeNotScaledActivities: true },
          ...nextToken(token),
        });
        return [page.ScalingActivities, page.NextToken];
      },
      // Newest first: what follows is older still, and AWS keeps six weeks.
      (page) => page.some(({ StartTime }) => StartTime !== undefined && StartTime.getTime() < scope.sinceMs),
    ),
  ]);
  const driven = drivenPolicies(environment, { policies, alarms: await alarmsOf(reads, policies) });
  const [target] = targets.ScalableTargets ?? [];
  return {
    capacity:
      target?.MinCapacity === undefined || target.MaxCapacity === undefined
        ? null
        : { min: target.MinCapacity, max: target.MaxCapacity },
    policies: driven.map((each) => policyObservation(environment, each)),
    activities: scalingActivities(activities, scope),
    metrics: await metricsOf(reads, { scope, driven }),
  };
}

const nextToken = (token: string | undefined) => (token === undefined ? {} : { NextToken: token });

async function alarmsOf(reads: AwsReads, policies: readonly DrivenPolicy['policy'][]) {
  const names = policies.flatMap(({ Alarms = [] }) =>
    Alarms.map(({ AlarmName }) => AlarmName).filter((name) => name !== undefined),
  );
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
