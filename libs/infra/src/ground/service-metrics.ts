import { type PolicyMetric, type metricKey } from '@tideline/config';

/** What tells the metrics of one balancer’s targets from all others: values of CloudWatch dimensions. */
export interface BalancedIdentity {
  /** The part of the balancer’s ARN that CloudWatch knows it by. */
  readonly loadBalancerSuffix: string;
  readonly targetGroupSuffix: string;
  /** The other group of blue/green releases, which takes turns with the first. */
  readonly greenTargetGroupSuffix?: string;
}

/** The same of an ECS service. */
export interface ServiceIdentity extends BalancedIdentity {
  readonly clusterName: string;
  readonly serviceName: string;
}

/** The same of an Auto Scaling group. */
export interface GroupIdentity extends BalancedIdentity {
  readonly groupName: string;
}

/** The same of an ECS service with the instances that its tasks run on. */
export interface Ec2ServiceIdentity extends ServiceIdentity {
  readonly hosts: { readonly groupName: string; readonly capacityProvider: string };
}

export type CapacityIdentity = ServiceIdentity | Ec2ServiceIdentity | GroupIdentity;

export const isGroup = (identity: CapacityIdentity): identity is GroupIdentity => 'groupName' in identity;

export const isEc2Service = (identity: CapacityIdentity): identity is Ec2ServiceIdentity =>
  'hosts' in identity;

/** A metric as CloudWatch’s API asks for it. */
export interface CloudWatchQuery {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export const ecsDimensions = ({ clusterName, serviceName }: ServiceIdentity) => ({
  ClusterName: clusterName,
  ServiceName: serviceName,
});

export const groupDimensions = ({ groupName }: Pick<GroupIdentity, 'groupName'>) => ({
  AutoScalingGroupName: groupName,
});

/** What ECS says of a capacity provider, in AWS/ECS/ManagedScaling. */
export const capacityProviderDimensions = ({ clusterName, hosts }: Ec2ServiceIdentity) => ({
  CapacityProviderName: hosts.capacityProvider,
  ClusterName: clusterName,
});

export const targetGroupDimensions = ({ loadBalancerSuffix, targetGroupSuffix }: BalancedIdentity) => ({
  LoadBalancer: loadBalancerSuffix,
  TargetGroup: targetGroupSuffix,
});

/** Dimensions of every target group, one after the other: two with blue/green releases, either of which may be the idle one. */
export const everyTargetGroup = (identity: BalancedIdentity) => [
  targetGroupDimensions(identity),
  ...(identity.greenTargetGroupSuffix === undefined
    ? []
    : [targetGroupDimensions({ ...identity, targetGroupSuffix: identity.greenTargetGroupSuffix })]),
];

export const loadBalancerDimensions = ({ loadBalancerSuffix }: BalancedIdentity) => ({
  LoadBalancer: loadBalancerSuffix,
});

/** The CloudWatch metrics behind a policy’s metric; more than one for a sum, and for requests to two target groups. */
export function policyQueries(metric: PolicyMetric, identity: CapacityIdentity): readonly CloudWatchQuery[] {
  switch (metric.kind) {
    case 'cpu':
    case 'memory':
      return [
        {
          ...(isGroup(identity)
            ? { namespace: 'AWS/EC2', dimensions: groupDimensions(identity) }
            : { namespace: 'AWS/ECS', dimensions: ecsDimensions(identity) }),
          metricName: metric.kind === 'cpu' ? 'CPUUtilization' : 'MemoryUtilization',
          statistic: 'Average',
        },
      ];
    case 'requests-per-target':
      return everyTargetGroup(identity).map((dimensions) => ({
        namespace: 'AWS/ApplicationELB',
        metricName: 'RequestCountPerTarget',
        statistic: 'Sum',
        dimensions,
      }));
    case 'response-time':
      return [
        {
          namespace: 'AWS/ApplicationELB',
          metricName: 'TargetResponseTime',
          statistic: metric.statistic,
          // A percentile of two groups is none of their percentiles: the balancer’s own is of all that it has.
          dimensions:
            identity.greenTargetGroupSuffix === undefined
              ? targetGroupDimensions(identity)
              : loadBalancerDimensions(identity),
        },
      ];
    case 'custom':
      return [customQuery(metric)];
    case 'sum':
      return metric.metrics.map(customQuery);
  }
}

const customQuery = ({
  namespace,
  metricName,
  statistic,
  dimensions,
}: Parameters<typeof metricKey>[0]): CloudWatchQuery => ({ namespace, metricName, statistic, dimensions });

/** Percentiles are not among the simple statistics: CloudWatch takes them elsewhere. */
export const isPercentile = (statistic: string): boolean => statistic.startsWith('p');

/**
 * `m1 + m2` of a sum: missing as soon as one of them is. `SUM([m1, m2])` of two target groups: a missing one counts as
 * zero, since the idle group reports nothing.
 */
export function totalExpression(metric: PolicyMetric, count: number): string {
  const ids = Array.from({ length: count }, (_, index) => queryId(index));
  return metric.kind === 'requests-per-target' ? `SUM([${ids.join(', ')}])` : ids.join(' + ');
}

export const queryId = (index: number): string => `m${index + 1}`;
