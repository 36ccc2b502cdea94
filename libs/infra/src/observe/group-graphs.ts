import { type Environment, metricReference } from '@tideline/config';
import { type GroupIdentity, groupDimensions } from '../ground/service-metrics.ts';
import { type Graph, alarmLine, metricRow } from './dashboard-graph.ts';

/** How many instances there are, and how busy they are. */
export function groupGraphs(environment: Environment, identity: GroupIdentity): readonly Graph[] {
  const dimensions = groupDimensions(identity);
  const { metrics } = metricReference({ kind: 'cpu' }, environment);
  const cpu = (stat: string, label: string) =>
    metrics.map(({ namespace, metricName }) =>
      metricRow(namespace, metricName, { dimensions, more: { stat, label } }),
    );
  return [
    instanceCounts(identity, environment.capacity),
    {
      title: 'CPU, percent',
      metrics: [...cpu('Average', 'Average'), ...cpu('Maximum', 'Busiest')],
      lines: alarmLine(environment, 'cpu', 'CPU alarm'),
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
