import { resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { createLogGroup } from '../../ground/log-group.ts';
import type { Ec2ServiceIdentity } from '../../ground/service-metrics.ts';
import { containerInstanceGraphs, taskGraphs } from '../../observe/capacity-graphs.ts';
import { ServiceScaling } from '../../scaling/service-scaling.ts';
import { appTask } from '../app-task.ts';
import type { Backend, BackendProps } from '../backend.ts';
import { createCluster } from '../cluster.ts';
import { InstanceRole } from '../instance-role.ts';
import { latestVersionOf } from '../instance-settings.ts';
import { AsgCapacityProvider } from './asg-capacity-provider.ts';
import { ContainerInstanceLaunchTemplate } from './container-instance-launch-template.ts';
import { containerInstanceStatements } from './container-instance-statements.ts';
import { Ec2Service } from './ec2-service.ts';
import { Ec2TaskDefinition } from './ec2-task-definition.ts';

type Props = BackendProps<'ecs-ec2'>;

/** The backend as tasks on instances that ECS launches for them. */
export function ecsEc2Backend(parent: Construct, props: Props): Backend {
  const { context, compute, loadBalancer } = props;
  const { environment } = context;
  const scope = new Construct(parent, 'ec2');
  const log = createLogGroup(scope, 'log', { environment, name: resourceNames(environment).logGroup });
  const cluster = createCluster(scope, environment);
  const { hosts, launch } = capacity(scope, props, { cluster: cluster.name, logGroupArn: log.arn });
  const task = new Ec2TaskDefinition(scope, 'task', {
    family: resourceNames(environment).service,
    ...appTask(scope, 'task-roles', { ...props, log }),
  });
  const { service } = new Ec2Service(scope, 'tasks', {
    environment,
    compute,
    clusterArn: cluster.arn,
    taskDefinitionArn: task.definition.arn,
    hosts,
    loadBalancer,
  });
  const identity: Ec2ServiceIdentity = {
    clusterName: cluster.name,
    serviceName: service.name,
    hosts: { groupName: hosts.group.name, capacityProvider: hosts.provider.name },
    loadBalancerSuffix: loadBalancer.balancer.arnSuffix,
    targetGroupSuffix: loadBalancer.targetGroup.arnSuffix,
  };
  return {
    identity,
    graphs: [...taskGraphs(environment, identity), ...containerInstanceGraphs(environment, identity)],
    scale: (stack) => new ServiceScaling(stack, 'scaling', { environment, identity }),
    outputs: {
      clusterName: cluster.name,
      serviceName: service.name,
      logGroupName: log.name,
      taskDefinitionArn: task.definition.arn,
      launchTemplate: latestVersionOf(launch.template),
      codeDeployApplicationName: null,
      deploymentGroupName: null,
      releaseHookArn: null,
    },
  };
}

function capacity(
  scope: Construct,
  { context, compute, network, groups, repository, permissionsBoundary }: Props,
  { cluster, logGroupArn }: { readonly cluster: string; readonly logGroupArn: string },
) {
  const { environment, accountId } = context;
  const names = resourceNames(environment);
  const role = new InstanceRole(scope, 'role', {
    name: names.instanceRole,
    region: environment.region,
    permissionsBoundary,
    statements: containerInstanceStatements({
      region: environment.region,
      accountId,
      cluster: names.cluster,
      repositoryArns: [repository.arn],
      logGroupArns: [logGroupArn],
    }),
  });
  const launch = new ContainerInstanceLaunchTemplate(scope, 'launch', {
    environment,
    compute,
    cluster,
    securityGroupId: groups.tasks.id,
    instanceProfileArn: role.profileArn,
  });
  const hosts = new AsgCapacityProvider(scope, 'hosts', {
    environment,
    compute,
    launch,
    role,
    clusterName: cluster,
    publicSubnetIds: network.publicSubnetIds,
  });
  return { hosts, launch };
}
