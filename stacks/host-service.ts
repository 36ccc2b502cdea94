import { resourceNames } from '@tideline/config';
import {
  AsgCapacityProvider,
  ContainerInstanceLaunchTemplate,
  type Ec2ServiceIdentity,
  Ec2Service,
  Ec2TaskDefinition,
  type ImageRepository,
  InstanceRole,
  type LoadBalancer,
  type StackContext,
  type StoreReferences,
  TaskRoles,
  appContainer,
  appSecrets,
  createCluster,
  createLogGroup,
  executionStatements,
  containerInstanceStatements,
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
  readonly stores: StoreReferences;
  readonly loadBalancer: LoadBalancer;
  readonly permissionsBoundary: string;
}

/** The backend as tasks on instances that ECS launches for them. */
export class HostService extends Construct {
  readonly identity: Ec2ServiceIdentity;
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
    const { service } = new Ec2Service(this, 'tasks', {
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
      statements: containerInstanceStatements({
        region: environment.region,
        accountId,
        cluster: names.cluster,
        repositoryArns: [repository.arn],
        logGroupArns: [logGroupArn],
      }),
    });
    const launch = new ContainerInstanceLaunchTemplate(this, 'launch', {
      environment,
      compute,
      cluster,
      securityGroupId: network.groups.tasks.id,
      instanceProfileArn: role.profileArn,
    });
    const hosts = new AsgCapacityProvider(this, 'hosts', {
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
  ): Ec2TaskDefinition {
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
    return new Ec2TaskDefinition(this, 'task', {
      family: names.service,
      roles,
      containers: [
        appContainer(environment, { image, log: { group: log.name, region: environment.region }, stores }),
      ],
    });
  }
}
