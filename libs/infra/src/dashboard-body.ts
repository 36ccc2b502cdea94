import type { Environment } from '@tideline/config';
import {
  type ServiceIdentity,
  ecsDimensions,
  loadBalancerDimensions,
  targetGroupDimensions,
} from './service-metrics.ts';

const columns = 24;
const widgetsPerRow = 2;
const heightUnits = 6;
const periodSeconds = 60;

type MetricRow = readonly (string | Readonly<Record<string, unknown>>)[];

interface Graph {
  readonly title: string;
  readonly metrics: readonly MetricRow[];
  /** Lines drawn across, at values of the description. */
  readonly lines?: readonly { readonly label: string; readonly value: number }[];
}

export interface DashboardProps {
  readonly environment: Environment;
  readonly identity: ServiceIdentity;
  /** ARNs of the alarms that set off scaling; may be a reference to a list. */
  readonly scalingAlarmArns: unknown;
  /** ARNs of the alarms that people are told of. */
  readonly alarmArns: unknown;
}

/** The dashboard, as CloudWatch reads it: traffic above, capacity below it, alarms last (CloudWatch guide, dashboard body). */
export function dashboardBody(props: DashboardProps) {
  const graphs = serviceGraphs(props).map((graph, index) => ({
    type: 'metric',
    ...place(index),
    properties: {
      title: graph.title,
      region: props.environment.region,
      view: 'timeSeries',
      period: periodSeconds,
      metrics: graph.metrics,
      yAxis: { left: { min: 0 } },
      ...(graph.lines === undefined ? {} : { annotations: { horizontal: graph.lines } }),
    },
  }));
  const alarms = [
    { title: 'Scaling alarms', alarms: props.scalingAlarmArns },
    { title: 'Alarms', alarms: props.alarmArns },
  ].map((properties, index) => ({ type: 'alarm', ...place(graphs.length + index), properties }));
  return { widgets: [...graphs, ...alarms] };
}

function serviceGraphs({ environment, identity }: DashboardProps): readonly Graph[] {
  const { capacity, observability } = environment;
  const balancer = (metricName: string, more: Readonly<Record<string, unknown>>) =>
    metricRow('AWS/ApplicationELB', metricName, { dimensions: loadBalancerDimensions(identity), more });
  const targets = (metricName: string, more: Readonly<Record<string, unknown>>) =>
    metricRow('AWS/ApplicationELB', metricName, { dimensions: targetGroupDimensions(identity), more });
  const service = (namespace: string, metricName: string, more: Readonly<Record<string, unknown>>) =>
    metricRow(namespace, metricName, { dimensions: ecsDimensions(identity), more });
  return [
    {
      title: 'Requests per minute',
      metrics: [
        balancer('RequestCount', { stat: 'Sum', label: 'All' }),
        targets('RequestCountPerTarget', { stat: 'Sum', label: 'Per target' }),
        balancer('HTTPCode_Target_5XX_Count', { stat: 'Sum', label: '5xx of tasks' }),
        balancer('HTTPCode_ELB_5XX_Count', { stat: 'Sum', label: '5xx of the balancer' }),
      ],
    },
    {
      title: 'Response time, seconds',
      metrics: ['p50', 'p90', 'p99'].map((stat) => targets('TargetResponseTime', { stat, label: stat })),
    },
    {
      title: 'Tasks',
      metrics: [
        service('ECS/ContainerInsights', 'DesiredTaskCount', { stat: 'Average', label: 'Desired' }),
        service('ECS/ContainerInsights', 'RunningTaskCount', { stat: 'Average', label: 'Running' }),
      ],
      lines: [
        { label: 'Minimum', value: capacity.min },
        { label: 'Maximum', value: capacity.max },
      ],
    },
    {
      title: 'CPU and memory, percent',
      metrics: [
        service('AWS/ECS', 'CPUUtilization', { stat: 'Average', label: 'CPU' }),
        service('AWS/ECS', 'MemoryUtilization', { stat: 'Average', label: 'Memory' }),
      ],
      lines: [{ label: 'CPU alarm', value: observability.alarms.cpuPercent }],
    },
    {
      title: 'Target health',
      metrics: [
        targets('HealthyHostCount', { stat: 'Minimum', label: 'Healthy' }),
        targets('UnHealthyHostCount', { stat: 'Maximum', label: 'Unhealthy' }),
      ],
    },
  ];
}

const metricRow = (
  namespace: string,
  metricName: string,
  {
    dimensions,
    more,
  }: {
    readonly dimensions: Readonly<Record<string, string>>;
    readonly more: Readonly<Record<string, unknown>>;
  },
): MetricRow => [namespace, metricName, ...Object.entries(dimensions).flat(), more];

const place = (index: number) => ({
  x: (index % widgetsPerRow) * (columns / widgetsPerRow),
  y: Math.floor(index / widgetsPerRow) * heightUnits,
  width: columns / widgetsPerRow,
  height: heightUnits,
});
