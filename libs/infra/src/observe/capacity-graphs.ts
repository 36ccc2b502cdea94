import {
  type Environment,
  type PolicyMetric,
  capacityFacts,
  environmentAlarms,
  metricReference,
  reservationMetric,
} from '@tideline/config';
import {
  type Ec2ServiceIdentity,
  type GroupIdentity,
  type ServiceIdentity,
  cloudWatchQuery,
  ecsDimensions,
  groupDimensions,
} from '../ground/service-metrics.ts';
import { boundLines, metricRow, type Graph } from './dashboard-graph.ts';
import { instanceCounts, warmPoolGraphs } from './instance-graphs.ts';

/** How many tasks there are, and how busy they are. */
export function taskGraphs(environment: Environment, identity: ServiceIdentity): readonly Graph[] {
  const { capacity } = environment;
  const service = (namespace: string, metricName: string, more: Readonly<Record<string, unknown>>) =>
    metricRow(namespace, metricName, { dimensions: ecsDimensions(identity), more });
  const utilisation = (metric: PolicyMetric, label: string) =>
    metricReference(metric, environment).metrics.map(({ namespace, metricName, statistic: stat }) =>
      service(namespace, metricName, { stat, label }),
    );
  return [
    {
      title: 'Tasks',
      metrics: [
        service('ECS/ContainerInsights', 'DesiredTaskCount', { stat: 'Average', label: 'Desired' }),
        service('ECS/ContainerInsights', 'RunningTaskCount', { stat: 'Average', label: 'Running' }),
      ],
      lines: boundLines(capacity),
    },
    {
      title: 'CPU and memory, percent',
      metrics: [...utilisation({ kind: 'cpu' }, 'CPU'), ...utilisation({ kind: 'memory' }, 'Memory')],
      lines: alarmLine(environment, 'cpu', 'CPU alarm'),
    },
  ];
}

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
    ...warmPoolGraphs(environment, identity),
    {
      title: 'CPU, percent',
      metrics: [...cpu('Average', 'Average'), ...cpu('Maximum', 'Busiest')],
      lines: alarmLine(environment, 'cpu', 'CPU alarm'),
    },
  ];
}

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

/** The line of an alarm of the description, at its threshold. */
const alarmLine = (environment: Environment, id: string, label: string) =>
  environmentAlarms(environment)
    .service.filter((alarm) => alarm.id === id)
    .map(({ threshold }) => ({ label, value: threshold }));
