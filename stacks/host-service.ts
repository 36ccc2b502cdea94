import { resourceNames } from '@tideline/config';
import {
  HostGroup,
  HostLaunch,
  type HostedIdentity,
  HostedService,
  HostedTask,
  type ImageRepository,
  InstanceRole,
  type LoadBalancer,
  type StackContext,
  type Stores,
  TaskRoles,
  appContainer,
  appSecrets,
  createCluster,
  createLogGroup,
  executionStatements,
  hostStatements,
  taskStatements,
} from '@tideline/infra';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { NetworkStack } from './network-stack.ts';

export interface HostServiceProps {
  readonly context: StackContext;
  readonly compute: Extract<StackContext['environment']['compute'], { readonly kind: 'ecs-ec2' }>;
  readonly network: NetworkStack;
  readonly repository: ImageRepository;
  readonly image: string;
  readonly stores: Stores;
  readonly loadBalancer: LoadBalancer;
  readonly permissionsBoundary: string;
}

/** The backend as tasks on instances that ECS launches for them. */
export class HostService extends Construct {
  readonly identity: HostedIdentity;
  readonly logGroupName: string;
  readonly taskDefinitionArn: string;
  /** The launch template with its latest version, which is what the next instance runs. */
  readonly launchTemplate: string;

  constructor(scope: Construct, id: string, props: HostServiceProps) {
    super(scope, id);
    const { context, compute, loadBalancer } = props;
    const { environment } = context;
    const log = createLogGroup(this, 'log', {
      name: resourceNames(environment).logGroup,
      retentionDays: environment.observability.logRetentionDays,
    });
    const cluster = createCluster(this, environment);
    const { hosts, launch } = this.#hosts(props, { cluster: cluster.name, logGroupArn: log.arn });
    const task = this.#task(props, { name: log.name, arn: log.arn });
    const { service } = new HostedService(this, 'tasks', {
      environment,
      compute,
      clusterArn: cluster.arn,
      taskDefinitionArn: task.definition.arn,
      hosts,
      loadBalancer,
    });
    this.identity = {
      clusterName: cluster.name,
      serviceName: service.name,
      hosts: { groupName: hosts.group.name, capacityProvider: hosts.provider.name },
      loadBalancerSuffix: loadBalancer.balancer.arnSuffix,
      targetGroupSuffix: loadBalancer.targetGroup.arnSuffix,
    };
    this.logGroupName = log.name;
    this.taskDefinitionArn = task.definition.arn;
    this.launchTemplate = `${launch.template.id}:${Token.asString(launch.template.latestVersion)}`;
  }

  #hosts(
    { context, compute, network, repository, permissionsBoundary }: HostServiceProps,
    { cluster, logGroupArn }: { readonly cluster: string; readonly logGroupArn: string },
  ) {
    const { environment, accountId } = context;
    const names = resourceNames(environment);
    const role = new InstanceRole(this, 'role', {
      name: names.instanceRole,
      permissionsBoundary,
      statements: hostStatements({
        region: environment.region,
        accountId,
        cluster: names.cluster,
        repositoryArns: [repository.arn],
        logGroupArns: [logGroupArn],
      }),
    });
    const launch = new HostLaunch(this, 'launch', {
      environment,
      compute,
      cluster,
      securityGroupId: network.groups.tasks.id,
      instanceProfileArn: role.profileArn,
    });
    const hosts = new HostGroup(this, 'hosts', {
      environment,
      compute,
      launch,
      role,
      clusterName: cluster,
      publicSubnetIds: network.network.publicSubnetIds,
    });
    return { hosts, launch };
  }

  #task(
    { context, repository, image, stores, permissionsBoundary }: HostServiceProps,
    log: { readonly name: string; readonly arn: string },
  ): HostedTask {
    const { environment, accountId } = context;
    const names = resourceNames(environment);
    const roles = new TaskRoles(this, 'task-roles', {
      accountId,
      permissionsBoundary,
      executionRole: names.executionRole,
      taskRole: names.taskRole,
      execution: executionStatements({
        repositoryArns: [repository.arn],
        logGroupArns: [log.arn],
        secretArns: Object.values(appSecrets(environment, stores)),
      }),
      task: taskStatements(environment, stores),
    });
    return new HostedTask(this, 'task', {
      family: names.service,
      roles,
      containers: [
        appContainer(environment, { image, log: { group: log.name, region: environment.region }, stores }),
      ],
    });
  }
}
