import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { resourceNames, arnIn } from '@tideline/config';
import { Construct } from 'constructs';
import { createLogGroup } from '../../ground/log-group.ts';
import type { GroupIdentity } from '../../ground/service-metrics.ts';
import { groupGraphs } from '../../observe/capacity-graphs.ts';
import { GroupScaling } from '../../scaling/group-scaling.ts';
import { appSecrets } from '../app-variables.ts';
import type { Backend, BackendProps } from '../backend.ts';
import { ownRepositoryArns } from '../collector.ts';
import { InstanceRole } from '../instance-role.ts';
import { latestVersionOf } from '../instance-settings.ts';
import { AutoScalingGroup } from './auto-scaling-group.ts';
import { InstanceLaunchTemplate } from './instance-launch-template.ts';
import { groupArn, instanceStatements } from './instance-statements.ts';

/** The backend on the instances of an Auto Scaling group, without ECS. */
export function ec2AsgBackend(parent: Construct, props: BackendProps<'ec2-asg'>): Backend {
  const { context, compute, network, groups, repository, stores, loadBalancer } = props;
  const { environment, accountId } = context;
  const { region } = environment;
  const names = resourceNames(environment);
  const scope = new Construct(parent, 'asg');
  const log = createLogGroup(scope, 'log', { environment, name: names.logGroup });
  const { enabled: traces, collectorImage } = environment.observability.tracing;
  const collectorLog = traces
    ? createLogGroup(scope, 'collector-log', { environment, name: names.collectorLogGroup })
    : null;
  const role = new InstanceRole(scope, 'role', {
    name: names.instanceRole,
    region,
    permissionsBoundary: props.permissionsBoundary,
    statements: instanceStatements({
      region,
      accountId,
      repositoryArns: [repository.arn, ...(traces ? ownRepositoryArns(collectorImage) : [])],
      logGroupArns: [log.arn, ...(collectorLog === null ? [] : [collectorLog.arn])],
      traces,
      secretArns: Object.values(appSecrets(environment, stores)),
      parameterArn: arnIn(region, `ssm:${region}:${accountId}:parameter${names.parameterPath}/api`),
      groupArn: compute.warmPool === null ? null : groupArn(context),
      uploadsArn: stores.files?.bucketArn ?? null,
    }),
  });
  const launch = new InstanceLaunchTemplate(scope, 'launch', {
    environment,
    compute,
    image: repository.image(scope, { variable: 'image', named: context.image }),
    repositoryUrl: repository.url,
    logGroup: log.name,
    collectorLogGroup: collectorLog?.name ?? null,
    stores,
    securityGroupId: groups.tasks.id,
    instanceProfileArn: role.profileArn,
  });
  const { group } = new AutoScalingGroup(scope, 'instances', {
    environment,
    compute,
    launch,
    role,
    subnetIds: network.privateSubnetIds,
    loadBalancer,
  });
  // The load runner is an ECS task on any compute kind, and needs a cluster.
  const cluster = new EcsCluster(parent, 'cluster', {
    name: names.cluster,
    // Said as it is by default too: an account may have another default.
    setting: [
      {
        name: 'containerInsights',
        value: environment.loadRunner.containerInsights ? 'enabled' : 'disabled',
      },
    ],
  });
  const identity: GroupIdentity = {
    groupName: group.name,
    loadBalancerSuffix: loadBalancer.balancer.arnSuffix,
    targetGroupSuffix: loadBalancer.targetGroup.arnSuffix,
  };
  return {
    identity,
    graphs: groupGraphs(environment, identity),
    scale: (stack) => new GroupScaling(stack, 'scaling', { environment, identity }),
    outputs: {
      clusterName: cluster.name,
      serviceName: group.name,
      logGroupName: log.name,
      taskDefinitionArn: null,
      launchTemplate: latestVersionOf(launch.template),
      codeDeployApplicationName: null,
      deploymentGroupName: null,
      releaseHookArn: null,
    },
  };
}
