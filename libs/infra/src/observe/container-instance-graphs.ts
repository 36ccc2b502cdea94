import { type Environment, capacityFacts } from '@tideline/config';
import { type Ec2ServiceIdentity, capacityProviderDimensions } from '../ground/service-metrics.ts';
import { type Graph, metricRow } from './dashboard-graph.ts';
import { instanceCounts } from './group-graphs.ts';

/** How many instances tasks run on, and how much of them tasks ask for. */
export function containerInstanceGraphs(
  environment: Environment,
  identity: Ec2ServiceIdentity,
): readonly Graph[] {
  const { containerInstances } = capacityFacts(environment);
  if (containerInstances === null) return [];
  const { instances, targetCapacityPercent } = containerInstances;
  return [
    instanceCounts(identity.hosts, instances),
    {
      title: 'Capacity provider reservation, percent',
      metrics: [
        metricRow('AWS/ECS/ManagedScaling', 'CapacityProviderReservation', {
          dimensions: capacityProviderDimensions(identity),
          more: { stat: 'Average', label: 'Instances asked for, of those there are' },
        }),
      ],
      lines: [{ label: 'Target', value: targetCapacityPercent }],
    },
  ];
}
