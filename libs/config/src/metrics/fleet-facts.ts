import type { ComputeFacts } from '../compute/compute-kind.ts';
import { computeFacts } from '../compute/compute-kinds.ts';
import type { Environment } from '../environment.ts';
import type { ResourceNames } from '../naming.ts';
import type { CloudWatchMetric } from './metric-kind.ts';

/** How AWS scales and measures an ECS service, or an Auto Scaling group. */
interface FleetFacts {
  /** The metric of the desired count. */
  readonly desiredCount: Pick<CloudWatchMetric, 'namespace' | 'metricName'>;
  /** How the names of AWS’s predefined metrics begin. */
  readonly predefinedPrefix: 'ECSService' | 'ASG';
  /** Periods of a customized metric that target tracking can watch, and why no other. */
  readonly trackedPeriods: { readonly seconds: readonly number[]; readonly because: string };
  /** The resource that policies act on. */
  readonly scaledResource: keyof ResourceNames & ('scalableTarget' | 'autoScalingGroup');
}

const fleets: Readonly<Record<ComputeFacts['fleet'], FleetFacts>> = {
  service: {
    desiredCount: { namespace: 'ECS/ContainerInsights', metricName: 'DesiredTaskCount' },
    predefinedPrefix: 'ECSService',
    trackedPeriods: {
      seconds: [60],
      because:
        'Application Auto Scaling takes no period in customized_metric_specification (aws_appautoscaling_policy has none there, nor in metrics.metric_stat)',
    },
    scaledResource: 'scalableTarget',
  },
  group: {
    desiredCount: { namespace: 'AWS/AutoScaling', metricName: 'GroupDesiredCapacity' },
    predefinedPrefix: 'ASG',
    trackedPeriods: {
      seconds: [60, 30, 10],
      because: 'EC2 Auto Scaling takes 10, 30 and 60 as the period of customized_metric_specification',
    },
    scaledResource: 'autoScalingGroup',
  },
};

/** How AWS scales and measures what holds the desired count of an environment. */
export const fleetFacts = (environment: Pick<Environment, 'compute'>): FleetFacts =>
  fleets[computeFacts(environment).fleet];
