import type { Environment } from '@tideline/config';
import {
  type BalancedIdentity,
  everyTargetGroup,
  loadBalancerDimensions,
} from '../ground/service-metrics.ts';
import { type Graph, metricRow } from './dashboard-graph.ts';
import { sessionGraphs } from './session-graphs.ts';

const columns = 24;
const widgetsPerRow = 2;
const heightUnits = 6;
const periodSeconds = 60;
/** What blue/green releases call the first target group and the second. */
const groupColours = ['blue', 'green'];

export interface DashboardProps {
  readonly environment: Environment;
  readonly identity: BalancedIdentity;
  /** How much capacity there is, and how busy it is. */
  readonly capacityGraphs: readonly Graph[];
  /** ARNs of the alarms that set off scaling; may be a reference to a list. Null where none are known. */
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
    ...(props.scalingAlarmArns === null ? [] : [{ title: 'Scaling alarms', alarms: props.scalingAlarmArns }]),
    { title: 'Alarms', alarms: props.alarmArns },
  ].map((properties, index) => ({ type: 'alarm', ...place(graphs.length + index), properties }));
  return { widgets: [...graphs, ...alarms] };
}

function serviceGraphs({ environment, identity, capacityGraphs }: DashboardProps): readonly Graph[] {
  const balancer = (metricName: string, more: Readonly<Record<string, unknown>>) =>
    metricRow('AWS/ApplicationELB', metricName, { dimensions: loadBalancerDimensions(identity), more });
  const groups = everyTargetGroup(identity);
  const targets = (
    metricName: string,
    { label, ...more }: { readonly label: string; readonly stat: string },
  ) =>
    groups.map((dimensions, index) =>
      metricRow('AWS/ApplicationELB', metricName, {
        dimensions,
        more: { ...more, label: groups.length === 1 ? label : `${label}, ${groupColours[index] ?? ''}` },
      }),
    );
  return [
    {
      title: 'Requests per minute',
      metrics: [
        balancer('RequestCount', { stat: 'Sum', label: 'All' }),
        ...targets('RequestCountPerTarget', { stat: 'Sum', label: 'Per target' }),
        balancer('HTTPCode_Target_5XX_Count', { stat: 'Sum', label: '5xx of tasks' }),
        balancer('HTTPCode_ELB_5XX_Count', { stat: 'Sum', label: '5xx of the balancer' }),
      ],
    },
    {
      title: 'Response time, seconds',
      metrics: ['p50', 'p90', 'p99'].flatMap((stat) => targets('TargetResponseTime', { stat, label: stat })),
    },
    ...capacityGraphs,
    {
      title: 'Target health',
      metrics: [
        ...targets('HealthyHostCount', { stat: 'Minimum', label: 'Healthy' }),
        ...targets('UnHealthyHostCount', { stat: 'Maximum', label: 'Unhealthy' }),
      ],
    },
    ...sessionGraphs(environment),
  ];
}

const place = (index: number) => ({
  x: (index % widgetsPerRow) * (columns / widgetsPerRow),
  y: Math.floor(index / widgetsPerRow) * heightUnits,
  width: columns / widgetsPerRow,
  height: heightUnits,
});
