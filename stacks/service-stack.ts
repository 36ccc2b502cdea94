import { bucketNames, resourceNames } from '@tideline/config';
import {
  FargateService,
  FargateTask,
  type ImageRepository,
  LoadBalancer,
  PrivateBucket,
  type ServiceIdentity,
  type StackContext,
  TaskRoles,
  WebAcl,
  accessLogStatements,
  appContainer,
  collectorContainer,
  connectStack,
  createLogGroup,
  declareOutputs,
  executionStatements,
  loadRunnerContainer,
  observerStatements,
  taskStatements,
} from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { NetworkStack } from './network-stack.ts';
import type { RegistryStack } from './registry-stack.ts';

/** Tag that an image has until a deploy has built one; nothing is ever pushed over it, tags being immutable. */
const bootstrapTag = 'bootstrap';

export interface ServiceStackProps {
  readonly context: StackContext;
  readonly network: NetworkStack;
  readonly registry: RegistryStack;
}

/** The service behind its balancer, and the task that drives load at it. */
export class ServiceStack extends TerraformStack {
  /** What tells this service’s metrics from others. */
  readonly identity: ServiceIdentity;
  readonly #context: StackContext;

  constructor(scope: Construct, { context, network, registry }: ServiceStackProps) {
    super(scope, 'service');
    connectStack(this, 'service', context);
    this.#context = context;
    const { environment } = context;
    const loadBalancer = this.#loadBalancer(network);
    const app = this.#appTask(registry.app);
    const loadRunner = this.#loadRunnerTask(registry.loadRunner);
    const { cluster, service } = new FargateService(this, 'fargate', {
      environment,
      taskDefinitionArn: app.taskDefinitionArn,
      subnetIds: network.network.privateSubnetIds,
      securityGroupId: network.groups.tasks.id,
      loadBalancer,
    });
    this.identity = {
      clusterName: cluster.name,
      serviceName: service.name,
      loadBalancerSuffix: loadBalancer.balancer.arnSuffix,
      targetGroupSuffix: loadBalancer.targetGroup.arnSuffix,
    };
    declareOutputs(this, 'service', {
      url: loadBalancer.url,
      clusterName: cluster.name,
      serviceName: service.name,
      targetGroupArn: loadBalancer.targetGroup.arn,
      loadBalancerArn: loadBalancer.balancer.arn,
      logGroupName: app.logGroupName,
      taskDefinitionArn: app.taskDefinitionArn,
      loadRunnerTaskDefinitionArn: loadRunner.taskDefinitionArn,
      loadRunnerLogGroupName: loadRunner.logGroupName,
    });
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
    const loadBalancer = new LoadBalancer(this, 'load-balancer', {
      environment,
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      securityGroupId: groups.loadBalancer.id,
      accessLogs,
    });
    if (environment.waf.enabled)
      new WebAcl(this, 'web-acl', { environment, loadBalancerArn: loadBalancer.balancer.arn });
    return loadBalancer;
  }

  #appTask(repository: ImageRepository) {
    const { environment, image } = this.#context;
    const { container, observability, compute } = environment;
    const names = resourceNames(environment);
    const { tracing } = observability;
    const log = this.#logGroup('app', names.logGroup);
    const collectorLog = tracing.enabled ? this.#logGroup('collector', names.collectorLogGroup) : undefined;
    const collectorRepository = tracing.enabled ? ownRepositoryArn(tracing.collectorImage) : undefined;
    const secretArn = container.stressRoutes ? container.stressTokenSecretArn : null;
    const roles = new TaskRoles(this, 'app-roles', {
      ...this.#bounds(),
      executionRole: names.executionRole,
      taskRole: names.taskRole,
      execution: executionStatements({
        repositoryArns: [repository.arn, ...(collectorRepository === undefined ? [] : [collectorRepository])],
        logGroupArns: [log.arn, ...(collectorLog === undefined ? [] : [collectorLog.arn])],
        secretArns: secretArn === null ? [] : [secretArn],
      }),
      task: taskStatements(environment),
    });
    const region = environment.region;
    const task = new FargateTask(this, 'app-task', {
      family: names.service,
      size: compute,
      architecture: compute.architecture,
      roles,
      containers: [
        appContainer(environment, {
          image: image ?? `${repository.url}:${bootstrapTag}`,
          log: { group: log.name, region },
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
    const task = new FargateTask(this, 'load-runner-task', {
      family: names.loadRunner,
      size: environment.loadRunner,
      architecture: environment.compute.architecture,
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
