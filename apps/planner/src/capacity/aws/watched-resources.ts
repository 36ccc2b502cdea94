import type { Dimension, Metric } from '@aws-sdk/client-cloudwatch';
import { type ComputeFacts, type Environment, computeFacts, resourceNames } from '@tideline/config';
import { UsageError } from '@tideline/process';
import type { HistoryReads } from './history-reads.ts';

/** Whose metrics say what the units of an environment did. */
export interface WatchedResources {
  readonly unit: 'task' | 'instance';
  /** For people. */
  readonly name: string;
  readonly cpu: Metric;
  /** Count of running units, best source first: CloudWatch has the first only where it was turned on. */
  readonly units: readonly Metric[];
  /** Dimensions of each target group at its load balancer. */
  readonly targetGroups: readonly (readonly Dimension[])[];
}

type Watched = Omit<WatchedResources, 'targetGroups'> & { readonly targetGroupArns: readonly string[] };

const byFleet: Readonly<
  Record<ComputeFacts['fleet'], (environment: Environment, reads: HistoryReads) => Promise<Watched>>
> = {
  service: async (environment, reads) => {
    const { cluster, service: serviceName } = resourceNames(environment);
    const { services = [] } = await reads.describeServices({ cluster, services: [serviceName] });
    const [service] = services;
    if (service === undefined || service.status === 'INACTIVE')
      return refuse(`service ${serviceName} in cluster ${cluster} does not exist`);
    const balanced = [
      ...(service.loadBalancers ?? []),
      ...(service.taskSets ?? []).flatMap(({ loadBalancers = [] }) => loadBalancers),
    ];
    const Dimensions = [
      { Name: 'ClusterName', Value: cluster },
      { Name: 'ServiceName', Value: serviceName },
    ];
    return {
      unit: 'task',
      name: `${serviceName} in ${environment.region}`,
      cpu: { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Dimensions },
      units: [{ Namespace: 'ECS/ContainerInsights', MetricName: 'RunningTaskCount', Dimensions }],
      targetGroupArns: [...new Set(balanced.flatMap(({ targetGroupArn = [] }) => targetGroupArn))],
    };
  },
  group: async (environment, reads) => {
    const { autoScalingGroup } = resourceNames(environment);
    const answer = await reads.describeAutoScalingGroups({ AutoScalingGroupNames: [autoScalingGroup] });
    const [group] = answer.AutoScalingGroups ?? [];
    if (group === undefined) return refuse(`Auto Scaling group ${autoScalingGroup} does not exist`);
    const Dimensions = [{ Name: 'AutoScalingGroupName', Value: autoScalingGroup }];
    return {
      unit: 'instance',
      name: `${autoScalingGroup} in ${environment.region}`,
      cpu: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions },
      units: [{ Namespace: 'AWS/AutoScaling', MetricName: 'GroupInServiceInstances', Dimensions }],
      targetGroupArns: group.TargetGroupARNs ?? [],
    };
  },
};

/** Finds a deployed environment’s metrics by its names. @throws UsageError TL-CAPACITY-AWS where it is not deployed */
export async function watchedResources(
  environment: Environment,
  reads: HistoryReads,
): Promise<WatchedResources> {
  const { targetGroupArns, ...watched } = await byFleet[computeFacts(environment).fleet](environment, reads);
  if (targetGroupArns.length === 0) return refuse(`${watched.name} has no target group`);
  const { TargetGroups = [] } = await reads.describeTargetGroups({ TargetGroupArns: [...targetGroupArns] });
  const targetGroups = TargetGroups.flatMap(({ TargetGroupArn = '', LoadBalancerArns: [balancer] = [] }) =>
    // One that no listener forwards to has no load balancer, and no requests.
    balancer === undefined
      ? []
      : [
          [
            { Name: 'TargetGroup', Value: TargetGroupArn.replace(/^.*:(?=targetgroup\/)/, '') },
            { Name: 'LoadBalancer', Value: balancer.replace(/^.*:loadbalancer\//, '') },
          ],
        ],
  );
  if (targetGroups.length === 0) return refuse(`no load balancer forwards to ${watched.name}`);
  return { ...watched, targetGroups };
}

function refuse(what: string): never {
  throw new UsageError(
    'TL-CAPACITY-AWS',
    `--from aws: ${what}; deploy it first, or describe the one that runs (--preset, --config, --set)`,
  );
}
