import type { CloudWatchMetric, MetricScope } from '@tideline/config';

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

export const isGroup = (identity: BalancedIdentity): identity is GroupIdentity => 'groupName' in identity;

const isService = (identity: BalancedIdentity): identity is ServiceIdentity => 'clusterName' in identity;

const isEc2Service = (identity: BalancedIdentity): identity is Ec2ServiceIdentity => 'hosts' in identity;

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
const capacityProviderDimensions = ({ clusterName, hosts }: Ec2ServiceIdentity) => ({
  CapacityProviderName: hosts.capacityProvider,
  ClusterName: clusterName,
});

const targetGroupDimensions = ({ loadBalancerSuffix, targetGroupSuffix }: BalancedIdentity) => ({
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

/** Dimensions of each thing that a metric may be measured at. @throws Error when the identity has no such thing */
const scopes: Readonly<
  Record<MetricScope, (identity: BalancedIdentity) => Readonly<Record<string, string>>>
> = {
  capacity: (identity) => {
    if (isGroup(identity)) return groupDimensions(identity);
    if (isService(identity)) return ecsDimensions(identity);
    throw new Error('a metric of the capacity needs the name of a service or a group');
  },
  'capacity-provider': (identity) => {
    if (isEc2Service(identity)) return capacityProviderDimensions(identity);
    throw new Error('a metric of a capacity provider needs its name');
  },
  'target-group': targetGroupDimensions,
  'green-target-group': (identity) => {
    const [, green] = everyTargetGroup(identity);
    if (green === undefined) throw new Error('a metric of the second target group needs its name');
    return green;
  },
  'load-balancer': loadBalancerDimensions,
  published: () => ({}),
};

/** A metric of the description, with the dimensions of the things that it is measured at. */
export const cloudWatchQuery = (
  { namespace, metricName, statistic, scope, dimensions }: CloudWatchMetric,
  identity: BalancedIdentity,
): CloudWatchQuery => ({
  namespace,
  metricName,
  statistic,
  dimensions: { ...scopes[scope](identity), ...dimensions },
});

/** Percentiles are not among the simple statistics: CloudWatch takes them elsewhere. */
export const isPercentile = (statistic: string): boolean => statistic.startsWith('p');
