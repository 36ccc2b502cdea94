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
  /** The resource that policies act on. */
  readonly scaledResource: keyof ResourceNames & ('scalableTarget' | 'autoScalingGroup');
}

const fleets: Readonly<Record<ComputeFacts['fleet'], FleetFacts>> = {
  service: {
    desiredCount: { namespace: 'ECS/ContainerInsights', metricName: 'DesiredTaskCount' },
    predefinedPrefix: 'ECSService',
    scaledResource: 'scalableTarget',
  },
  group: {
    desiredCount: { namespace: 'AWS/AutoScaling', metricName: 'GroupDesiredCapacity' },
    predefinedPrefix: 'ASG',
    scaledResource: 'autoScalingGroup',
  },
};

/** How AWS scales and measures what holds the desired count of an environment. */
export const fleetFacts = (environment: Pick<Environment, 'compute'>): FleetFacts =>
  fleets[computeFacts(environment).fleet];
