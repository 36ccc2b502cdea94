import type { Environment } from '@tideline/config';
import { type Graph, metricRow } from './dashboard-graph.ts';
import { type GroupIdentity, groupDimensions } from '../ground/service-metrics.ts';

/** How many instances there are, and how busy they are. */
export function groupGraphs(
  { capacity, observability }: Environment,
  identity: GroupIdentity,
): readonly Graph[] {
  const dimensions = groupDimensions(identity);
  return [
    instanceCounts(identity, capacity),
    {
      title: 'CPU, percent',
      metrics: [
        metricRow('AWS/EC2', 'CPUUtilization', { dimensions, more: { stat: 'Average', label: 'Average' } }),
        metricRow('AWS/EC2', 'CPUUtilization', { dimensions, more: { stat: 'Maximum', label: 'Busiest' } }),
      ],
      lines: [{ label: 'CPU alarm', value: observability.alarms.cpuPercent }],
    },
  ];
}

/** Instances of a group by what they are about to do, between its bounds. */
export function instanceCounts(
  identity: Pick<GroupIdentity, 'groupName'>,
  bounds: { readonly min: number; readonly max: number },
): Graph {
  const dimensions = groupDimensions(identity);
  const group = (metricName: string, label: string) =>
    metricRow('AWS/AutoScaling', metricName, { dimensions, more: { stat: 'Average', label } });
  return {
    title: 'Instances',
    metrics: [
      group('GroupDesiredCapacity', 'Desired'),
      group('GroupInServiceInstances', 'In service'),
      group('GroupPendingInstances', 'Starting'),
      group('GroupTerminatingInstances', 'Ending'),
    ],
    lines: [
      { label: 'Minimum', value: bounds.min },
      { label: 'Maximum', value: bounds.max },
    ],
  };
}
