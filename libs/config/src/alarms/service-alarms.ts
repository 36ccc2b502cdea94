import { capacityFacts, computeFacts } from '../compute/compute-kinds.ts';
import { counted } from '../counted.ts';
import type { Environment } from '../environment.ts';
import { fleetFacts } from '../metrics/fleet-facts.ts';
import type { CloudWatchMetric, MetricScope } from '../metrics/metric-kind.ts';
import { metricReference } from '../metrics/metric-kinds.ts';
import { targetGroupScopes } from '../metrics/target-group-scopes.ts';
import { resourceNames } from '../naming.ts';
import { testTraffic } from '../release/test-traffic.ts';
import type { AlarmFacts, AlarmQuery } from './alarm-facts.ts';
import { reservationMetric } from './managed-scaling.ts';

const periodSeconds = 60;

/** Reservation above which tasks ask for more instances than there are (ECS guide, cluster auto scaling). */
const everyInstancePercent = 100;

/** Alarms that a topic reports: unhealthy targets, errors, no CPU left, nothing left to scale to, tasks without an instance, and a release that nothing judges. */
export function serviceAlarms(environment: Environment): readonly AlarmFacts[] {
  const { capacity, observability } = environment;
  const { alarms } = observability;
  const names = resourceNames(environment).alarms;
  const { unit, fleet } = computeFacts(environment);
  const { desiredCount } = fleetFacts(environment);
  const cpu = metricReference({ kind: 'cpu' }, environment);
  const lasting = (minutes: number) => ({
    madeBy: 'template' as const,
    periodSeconds,
    evaluationPeriods: minutes,
    datapointsToAlarm: minutes,
    // A service without requests is healthy.
    treatMissingData: 'notBreaching' as const,
  });
  return [
    {
      id: 'unhealthy-hosts',
      name: names.unhealthyHosts,
      description: 'Critical: targets fail their health checks',
      ...lasting(alarms.unhealthyHostMinutes),
      queries: unhealthyHosts(environment),
      comparison: 'GreaterThanThreshold',
      threshold: 0,
    },
    {
      id: 'server-errors',
      name: names.serverErrors,
      description: `Critical: more than ${alarms.serverErrorPercent} % of requests are answered by 5xx`,
      ...lasting(alarms.serverErrorMinutes),
      queries: errorShare,
      comparison: 'GreaterThanThreshold',
      threshold: alarms.serverErrorPercent,
    },
    {
      id: 'cpu',
      name: names.cpu,
      description: `Warning: CPU is above ${alarms.cpuPercent} % for ${alarms.cpuMinutes} minutes`,
      ...lasting(alarms.cpuMinutes),
      queries: cpu.metrics.map((metric) => ({ id: 'm1', metric })),
      comparison: 'GreaterThanThreshold',
      threshold: alarms.cpuPercent,
    },
    {
      id: 'maximum-capacity',
      name: names.maximumCapacity,
      description: `Warning: the ${fleet} is at its maximum of ${counted(capacity.max, unit)}: more load finds no more capacity`,
      ...lasting(alarms.maximumCapacityMinutes),
      queries: [
        { id: 'm1', metric: { ...desiredCount, statistic: 'Minimum', scope: 'capacity', dimensions: {} } },
      ],
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: capacity.max,
    },
    ...(capacityFacts(environment).containerInstances === null
      ? []
      : [
          {
            id: 'instance-capacity',
            name: names.instanceCapacity,
            description: `Warning: tasks have waited for instances for ${alarms.maximumCapacityMinutes} minutes: the group is at its maximum, or EC2 launches none`,
            ...lasting(alarms.maximumCapacityMinutes),
            queries: [{ id: 'm1', metric: { ...reservationMetric, statistic: 'Minimum' } }],
            comparison: 'GreaterThanThreshold',
            threshold: everyInstancePercent,
          } as const,
        ]),
    ...(testTraffic(environment) === null
      ? []
      : [
          {
            id: 'release-hook',
            name: names.releaseHook,
            description:
              'Critical: the function that tests a release could not report, and CodeDeploy waits an hour for it',
            ...lasting(1),
            queries: [{ id: 'm1', metric: hookErrors(environment) }],
            comparison: 'GreaterThanThreshold',
            threshold: 0,
          } as const,
        ]),
  ];
}

/** Runs of the function that tests a release which ended without a report; a version that does not pass is none. */
const hookErrors = (environment: Environment): CloudWatchMetric => ({
  namespace: 'AWS/Lambda',
  metricName: 'Errors',
  statistic: 'Sum',
  scope: 'published',
  dimensions: { FunctionName: resourceNames(environment).releaseHook },
});

/** A metric of the Application Load Balancer. */
export const balancerMetric = (
  metricName: string,
  statistic: string,
  scope: Extract<MetricScope, 'load-balancer' | 'target-group' | 'green-target-group'>,
): CloudWatchMetric => ({
  namespace: 'AWS/ApplicationELB',
  metricName,
  statistic,
  scope,
  dimensions: {},
});

/** Of the target group; of both where there are two, as either may have the traffic. */
function unhealthyHosts(environment: Environment): readonly AlarmQuery[] {
  const groups = targetGroupScopes(environment).map((scope, index) => ({
    id: `m${index + 1}`,
    metric: balancerMetric('UnHealthyHostCount', 'Maximum', scope),
  }));
  if (groups.length === 1) return groups;
  const expression = `SUM([${groups.map(({ id }) => id).join(', ')}])`;
  return [...groups, { id: 'total', expression, label: 'Unhealthy targets' }];
}

/** Errors of the tasks and of the balancer itself, as a share of all requests. */
const errorShare: readonly AlarmQuery[] = [
  { id: 'requests', metric: balancerMetric('RequestCount', 'Sum', 'load-balancer') },
  { id: 'targets', metric: balancerMetric('HTTPCode_Target_5XX_Count', 'Sum', 'load-balancer') },
  { id: 'balancer', metric: balancerMetric('HTTPCode_ELB_5XX_Count', 'Sum', 'load-balancer') },
  {
    id: 'share',
    // What the balancer answers itself is not in RequestCount.
    expression: '100 * (FILL(targets, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))',
    label: 'Share of 5xx, percent',
  },
];
