import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { type Environment, bucketNames, capacityUnit, resourceNames } from '@tideline/config';
import {
  type CapacityIdentity,
  Distribution,
  FargateTaskDefinition,
  type ImageRepository,
  LoadBalancer,
  PrivateBucket,
  type StackContext,
  type StoreReferences,
  TaskRoles,
  WebAcl,
  accessLogStatements,
  appContainer,
  appSecrets,
  collectorContainer,
  connectStack,
  createLogGroup,
  declareOutputs,
  executionStatements,
  loadRunnerContainer,
  observerStatements,
  taskStatements,
  withStressToken,
} from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { HostService } from './host-service.ts';
import { InstanceService } from './instance-service.ts';
import type { NetworkStack } from './network-stack.ts';
import type { RegistryStack } from './registry-stack.ts';
import { runTasks } from './run-tasks.ts';

/** Tag that an image has until a deploy has built one; nothing is ever pushed over it, tags being immutable. */
const bootstrapTag = 'bootstrap';

export interface ServiceStackProps {
  readonly context: StackContext;
  readonly network: NetworkStack;
  readonly registry: RegistryStack;
  /** Where the service keeps what it keeps. */
  readonly stores: StoreReferences;
}

type Compute<Kind extends string> = Extract<Environment['compute'], { readonly kind: Kind }>;

interface ServiceParts {
  readonly network: NetworkStack;
  readonly registry: RegistryStack;
  readonly loadBalancer: LoadBalancer;
}

/** The service behind its balancer, and the task that drives load at it. */
export class ServiceStack extends TerraformStack {
  /** What tells this service’s metrics from others. */
  readonly identity: CapacityIdentity;
  /** Production listener of the balancer. */
  readonly listenerArn: string;
  readonly #context: StackContext;
  readonly #stores: StoreReferences;

  constructor(scope: Construct, { context, network, registry, stores }: ServiceStackProps) {
    super(scope, 'service');
    connectStack(this, 'service', context);
    this.#context = context;
    this.#stores = withStressToken(this, context.environment, stores);
    const { environment } = context;
    const loadBalancer = this.#loadBalancer(network);
    const parts = { network, registry, loadBalancer };
    const { identity, ...running } = this.#running(environment.compute, parts);
    const loadRunner = this.#loadRunnerTask(registry.loadRunner);
    this.identity = identity;
    this.listenerArn = loadBalancer.listener.arn;
    declareOutputs(this, 'service', {
      url: this.#url(loadBalancer),
      codeDeployApplicationName: null,
      deploymentGroupName: null,
      ...running,
      targetGroupArn: loadBalancer.targetGroup.arn,
      greenTargetGroupArn: loadBalancer.release?.greenTargetGroup.arn ?? null,
      listenerArn:
        environment.ingress.kind === 'api-gateway' || loadBalancer.release !== null ? this.listenerArn : null,
      loadBalancerArn: loadBalancer.balancer.arn,
      loadBalancerDnsName:
        environment.loadBalancer.domainName === null ? null : loadBalancer.balancer.dnsName,
      loadRunnerTaskDefinitionArn: loadRunner.taskDefinitionArn,
      loadRunnerLogGroupName: loadRunner.logGroupName,
    });
  }

  #running(compute: Environment['compute'], parts: ServiceParts) {
    switch (compute.kind) {
      case 'fargate':
        return this.#tasks(compute, parts);
      case 'ec2-asg':
        return this.#instances(compute, parts);
      case 'ecs-ec2':
        return this.#hostedTasks(compute, parts);
    }
  }

  #tasks(compute: Compute<'fargate'>, { network, registry, loadBalancer }: ServiceParts) {
    const { environment } = this.#context;
    const app = this.#appTask(compute, registry.app);
    const running = runTasks(this, {
      ...this.#bounds(),
      environment,
      taskDefinitionArn: app.taskDefinitionArn,
      subnetIds: network.network.privateSubnetIds,
      securityGroupId: network.groups.tasks.id,
      loadBalancer,
    });
    return {
      ...running,
      logGroupName: app.logGroupName,
      taskDefinitionArn: app.taskDefinitionArn,
      launchTemplate: null,
    };
  }

  #hostedTasks(compute: Compute<'ecs-ec2'>, parts: ServiceParts) {
    const service = new HostService(this, 'ec2', { compute, ...this.#backend(parts) });
    return {
      identity: service.identity,
      clusterName: service.identity.clusterName,
      serviceName: service.identity.serviceName,
      logGroupName: service.logGroupName,
      taskDefinitionArn: service.taskDefinitionArn,
      launchTemplate: service.launchTemplate,
    };
  }

  #instances(compute: Compute<'ec2-asg'>, parts: ServiceParts) {
    const service = new InstanceService(this, 'asg', { compute, ...this.#backend(parts) });
    // The load runner stays a task, wherever the service runs.
    const cluster = new EcsCluster(this, 'cluster', {
      name: resourceNames(this.#context.environment).cluster,
    });
    return {
      identity: service.identity,
      clusterName: cluster.name,
      serviceName: service.identity.groupName,
      logGroupName: service.logGroupName,
      taskDefinitionArn: null,
      launchTemplate: service.launchTemplate,
    };
  }

  /** What any instances that run the backend are made from. */
  #backend({ network, registry, loadBalancer }: ServiceParts) {
    return {
      context: this.#context,
      network,
      repository: registry.app,
      image: this.#appImage(registry.app),
      stores: this.#stores,
      loadBalancer,
      permissionsBoundary: this.#bounds().permissionsBoundary,
    };
  }

  /** Where clients reach the service: the balancer, or what stands in front of it. */
  #url(loadBalancer: LoadBalancer): string {
    const { environment } = this.#context;
    if (!environment.cdn.enabled) return loadBalancer.url;
    return new Distribution(this, 'cdn', { environment, balancerDomain: loadBalancer.balancer.dnsName }).url;
  }

  #loadBalancer({ network, groups }: NetworkStack): LoadBalancer {
    const { environment, accountId } = this.#context;
    const accessLogs = environment.accessLogs.enabled
      ? new PrivateBucket(this, 'access-logs', {
          name: bucketNames(environment, accountId).accessLogs,
          isProtected: false,
          olderVersionsDays: null,
          expirationDays: environment.accessLogs.retentionDays,
          statements: (bucketArn) => accessLogStatements(bucketArn, accountId),
        })
      : undefined;
    const isInternal = environment.ingress.kind === 'api-gateway';
    const loadBalancer = new LoadBalancer(this, 'load-balancer', {
      environment,
      vpcId: network.vpcId,
      exposure: isInternal ? 'internal' : 'public',
      subnetIds: isInternal ? network.privateSubnetIds : network.publicSubnetIds,
      securityGroupId: groups.loadBalancer.id,
      accessLogs,
    });
    if (environment.waf.enabled)
      new WebAcl(this, 'web-acl', { environment, loadBalancerArn: loadBalancer.balancer.arn });
    return loadBalancer;
  }

  #appImage({ url }: ImageRepository): string {
    return this.#context.image ?? `${url}:${bootstrapTag}`;
  }

  #appTask(compute: Compute<'fargate'>, repository: ImageRepository) {
    const { environment } = this.#context;
    const { observability } = environment;
    const names = resourceNames(environment);
    const { tracing } = observability;
    const log = this.#logGroup('app', names.logGroup);
    const collectorLog = tracing.enabled ? this.#logGroup('collector', names.collectorLogGroup) : undefined;
    const collectorRepository = tracing.enabled ? ownRepositoryArn(tracing.collectorImage) : undefined;
    const roles = new TaskRoles(this, 'app-roles', {
      ...this.#bounds(),
      executionRole: names.executionRole,
      taskRole: names.taskRole,
      execution: executionStatements({
        repositoryArns: [repository.arn, ...(collectorRepository === undefined ? [] : [collectorRepository])],
        logGroupArns: [log.arn, ...(collectorLog === undefined ? [] : [collectorLog.arn])],
        secretArns: Object.values(appSecrets(environment, this.#stores)),
      }),
      task: taskStatements(environment, this.#stores),
    });
    const region = environment.region;
    const task = new FargateTaskDefinition(this, 'app-task', {
      family: names.service,
      size: compute,
      architecture: compute.architecture,
      roles,
      containers: [
        appContainer(environment, {
          image: this.#appImage(repository),
          log: { group: log.name, region },
          stores: this.#stores,
        }),
        ...(collectorLog === undefined
          ? []
          : [
              collectorContainer(environment, {
                image: tracing.collectorImage,
                log: { group: collectorLog.name, region },
              }),
            ]),
      ],
      volumes: [],
    });
    return { taskDefinitionArn: task.definition.arn, logGroupName: log.name };
  }

  #loadRunnerTask(repository: ImageRepository) {
    const { environment, accountId, loadRunnerImage } = this.#context;
    const names = resourceNames(environment);
    const log = this.#logGroup('load-runner', names.loadRunnerLogGroup);
    const roles = new TaskRoles(this, 'load-runner-roles', {
      ...this.#bounds(),
      executionRole: names.loadRunnerExecutionRole,
      taskRole: names.loadRunnerTaskRole,
      execution: executionStatements({
        repositoryArns: [repository.arn],
        logGroupArns: [log.arn],
        secretArns: [],
      }),
      task: observerStatements(environment, { accountId }),
    });
    const task = new FargateTaskDefinition(this, 'load-runner-task', {
      family: names.loadRunner,
      size: environment.loadRunner,
      architecture: capacityUnit(environment).architecture,
      roles,
      containers: [
        loadRunnerContainer(environment, {
          image: loadRunnerImage ?? `${repository.url}:${bootstrapTag}`,
          log: { group: log.name, region: environment.region },
        }),
      ],
      volumes: ['reports'],
    });
    return { taskDefinitionArn: task.definition.arn, logGroupName: log.name };
  }

  #bounds() {
    const { environment, accountId } = this.#context;
    const { permissionsBoundary } = resourceNames(environment);
    return {
      accountId,
      permissionsBoundary: `arn:aws:iam::${accountId}:policy/${permissionsBoundary}`,
    };
  }

  #logGroup(part: string, name: string) {
    return createLogGroup(this, `${part}-log`, {
      name,
      retentionDays: this.#context.environment.observability.logRetentionDays,
    });
  }
}

/** ARN of the ECR repository that an image comes from; undefined for an image from elsewhere. */
function ownRepositoryArn(image: string): string | undefined {
  const match = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/.exec(image);
  return match === null ? undefined : `arn:aws:ecr:${match[2]}:${match[1]}:repository/${match[3]}`;
}
