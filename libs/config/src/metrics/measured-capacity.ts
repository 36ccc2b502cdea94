import type { Environment } from '../environment.ts';
import type { ResourceNames } from '../naming.ts';
import type { CloudWatchMetric } from './metric-kind.ts';

/** How AWS measures and scales the units of one kind of compute. */
interface MeasuredCapacity {
  readonly unit: 'task' | 'instance';
  /** What holds the units: what a description of an alarm calls it. */
  readonly holder: 'service' | 'group';
  /** Namespace of the utilisation of its units. */
  readonly utilisationNamespace: 'AWS/ECS' | 'AWS/EC2';
  /** How the names of AWS’s predefined metrics begin. */
  readonly predefinedPrefix: 'ECSService' | 'ASG';
  /** The metric of the desired count. */
  readonly desiredCount: Pick<CloudWatchMetric, 'namespace' | 'metricName'>;
  /** The resource that policies act on. */
  readonly scaledResource: keyof ResourceNames & ('scalableTarget' | 'autoScalingGroup');
  /** New units warm up, and policies have no cooldowns of their own (EC2 Auto Scaling guide, default instance warm-up). */
  readonly warmsUp: boolean;
}

const service: MeasuredCapacity = {
  unit: 'task',
  holder: 'service',
  utilisationNamespace: 'AWS/ECS',
  predefinedPrefix: 'ECSService',
  desiredCount: { namespace: 'ECS/ContainerInsights', metricName: 'DesiredTaskCount' },
  scaledResource: 'scalableTarget',
  warmsUp: false,
};

const byKind: Readonly<Record<Environment['compute']['kind'], MeasuredCapacity>> = {
  fargate: service,
  'ecs-ec2': service,
  'ec2-asg': {
    unit: 'instance',
    holder: 'group',
    utilisationNamespace: 'AWS/EC2',
    predefinedPrefix: 'ASG',
    desiredCount: { namespace: 'AWS/AutoScaling', metricName: 'GroupDesiredCapacity' },
    scaledResource: 'autoScalingGroup',
    warmsUp: true,
  },
};

/** How AWS measures and scales the capacity of an environment. */
export const measuredCapacity = ({ compute }: Pick<Environment, 'compute'>): MeasuredCapacity =>
  byKind[compute.kind];
