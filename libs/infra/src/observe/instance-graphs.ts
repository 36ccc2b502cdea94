import { type Environment, capacityFacts } from '@tideline/config';
import { type GroupIdentity, groupDimensions } from '../ground/service-metrics.ts';
import { type Bounds, type Graph, type MetricRow, boundLines, metricRow } from './dashboard-graph.ts';

/** Instances of a group by what they are about to do, between its bounds. */
export function instanceCounts(identity: Pick<GroupIdentity, 'groupName'>, bounds: Bounds): Graph {
  const group = groupRows(identity);
  return {
    title: 'Instances',
    metrics: [
      group('GroupDesiredCapacity', 'Desired'),
      group('GroupInServiceInstances', 'In service'),
      group('GroupPendingInstances', 'Starting'),
      group('GroupTerminatingInstances', 'Ending'),
    ],
    lines: boundLines(bounds),
  };
}

/** Instances that wait beside the group; none where there is no pool. */
export function warmPoolGraphs(environment: Environment, identity: GroupIdentity): readonly Graph[] {
  if (capacityFacts(environment).warmPool === null) return [];
  const pool = groupRows(identity);
  return [
    {
      title: 'Warm pool, instances',
      metrics: [
        pool('WarmPoolDesiredCapacity', 'Desired'),
        pool('WarmPoolWarmedCapacity', 'Warmed'),
        pool('WarmPoolPendingCapacity', 'Starting'),
      ],
      lines: [],
    },
  ];
}

/** Rows of what a group reports of itself. */
const groupRows =
  (identity: Pick<GroupIdentity, 'groupName'>) =>
  (metricName: string, label: string): MetricRow =>
    metricRow('AWS/AutoScaling', metricName, {
      dimensions: groupDimensions(identity),
      more: { stat: 'Average', label },
    });
