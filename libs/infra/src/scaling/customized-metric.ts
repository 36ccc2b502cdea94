import type { TargetTrackingPolicy } from '@tideline/config';
import { type CloudWatchQuery, isPercentile, queryId, totalExpression } from '../ground/service-metrics.ts';

/** The one metric that the simple form of a customized metric can say: it takes none of the percentiles. */
export function simpleQuery(queries: readonly CloudWatchQuery[]): CloudWatchQuery | undefined {
  const [query] = queries;
  return query !== undefined && queries.length === 1 && !isPercentile(query.statistic) ? query : undefined;
}

/** Any customized metric, as metric math: of one metric itself, of several their sum. */
export function metricMath(metric: TargetTrackingPolicy['metric'], queries: readonly CloudWatchQuery[]) {
  const isSum = queries.length > 1;
  return {
    metrics: [
      ...queries.map((query, index) => ({
        id: queryId(index),
        returnData: !isSum,
        metricStat: {
          stat: query.statistic,
          metric: {
            namespace: query.namespace,
            metricName: query.metricName,
            dimensions: dimensionList(query),
          },
        },
      })),
      ...(isSum
        ? [{ id: 'total', expression: totalExpression(metric, queries.length), returnData: true }]
        : []),
    ],
  };
}

export const dimensionList = ({ dimensions }: CloudWatchQuery) =>
  Object.entries(dimensions).map(([name, value]) => ({ name, value }));
