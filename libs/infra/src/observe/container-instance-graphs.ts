import { type Environment, capacityFacts, reservationMetric } from '@tideline/config';
import { type Ec2ServiceIdentity, cloudWatchQuery } from '../ground/service-metrics.ts';
import { type Graph, metricRow } from './dashboard-graph.ts';
import { instanceCounts } from './group-graphs.ts';

/** How many instances tasks run on, and how much of them tasks ask for. */
export function containerInstanceGraphs(
  environment: Environment,
  identity: Ec2ServiceIdentity,
): readonly Graph[] {
  const { containerInstances } = capacityFacts(environment);
  if (containerInstances === null) return [];
  const { namespace, metricName, statistic: stat, dimensions } = cloudWatchQuery(reservationMetric, identity);
  return [
    instanceCounts(identity.hosts, containerInstances.instances),
    {
      title: 'Capacity provider reservation, percent',
      metrics: [
        metricRow(namespace, metricName, {
          dimensions,
          more: { stat, label: 'Instances asked for, of those there are' },
        }),
      ],
      lines: [{ label: 'Target', value: containerInstances.targetCapacityPercent }],
    },
  ];
}
