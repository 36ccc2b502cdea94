import type { Environment } from '@tideline/config';
import { type Graph, metricRow } from './dashboard-graph.ts';
import { instanceCounts } from './group-graphs.ts';
import { type Ec2ServiceIdentity, capacityProviderDimensions } from '../ground/service-metrics.ts';

/** How many instances tasks run on, and how much of them tasks ask for. */
export function containerInstanceGraphs(
  { compute }: Environment,
  identity: Ec2ServiceIdentity,
): readonly Graph[] {
  if (compute.kind !== 'ecs-ec2') return [];
  const { instances, targetCapacityPercent } = compute;
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
