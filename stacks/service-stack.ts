import { bucketNames, httpApi, resourceNames, arnIn } from '@tideline/config';
import {
  type Backend,
  Distribution,
  LoadBalancer,
  OriginSecret,
  PrivateBucket,
  type StackContext,
  type StoreReferences,
  WebAcl,
  accessLogStatements,
  connectStack,
  createBackend,
  declareOutputs,
  distributionLogStatements,
  globalProvider,
  loadRunnerTask,
  withStressToken,
} from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { NetworkStack } from './network-stack.ts';
import type { RegistryStack } from './registry-stack.ts';

export interface ServiceStackProps {
  readonly context: StackContext;
  readonly network: NetworkStack;
  readonly registry: RegistryStack;
  /** Where the service keeps its sessions and files. */
  readonly stores: StoreReferences;
}

/** The backend behind its balancer, and the task that drives load at it. */
export class ServiceStack extends TerraformStack {
  readonly backend: Backend;
  /** Production listener of the balancer. */
  readonly listenerArn: string;
  readonly #context: StackContext;

  constructor(scope: Construct, { context, network, registry, stores }: ServiceStackProps) {
    super(scope, 'service');
    connectStack(this, 'service', context);
    this.#context = context;
    const { environment, accountId } = context;
    const permissionsBoundary = arnIn(
      environment.region,
      `iam::${accountId}:policy/${resourceNames(environment).permissionsBoundary}`,
    );
    const ownStores = withStressToken(this, environment, stores);
    const edge = this.#edge();
    const loadBalancer = this.#loadBalancer(network, edge);
    this.backend = createBackend(this, {
      context,
      compute: environment.compute,
      network: network.network,
      groups: network.groups,
      repository: registry.app,
      stores: ownStores,
      loadBalancer,
      permissionsBoundary,
    });
    const loadRunner = loadRunnerTask(this, {
      context,
      repository: registry.loadRunner,
      permissionsBoundary,
    });
    this.listenerArn = loadBalancer.listener.arn;
    declareOutputs(this, 'service', {
      url: this.#url(loadBalancer, edge),
      ...this.backend.outputs,
      targetGroupArn: loadBalancer.targetGroup.arn,
      greenTargetGroupArn: loadBalancer.release?.greenTargetGroup.arn ?? null,
      listenerArn: httpApi(environment) === null && loadBalancer.release === null ? null : this.listenerArn,
      loadBalancerArn: loadBalancer.balancer.arn,
      loadBalancerDnsName:
        environment.loadBalancer.domainName === null ? null : loadBalancer.balancer.dnsName,
      loadRunnerTaskDefinitionArn: loadRunner.taskDefinitionArn,
      loadRunnerLogGroupName: loadRunner.logGroupName,
      runsBucketName: loadRunner.runsBucketName,
    });
  }

  /** Where clients reach the service: the balancer, or CloudFront in front of it. */
  #url(loadBalancer: LoadBalancer, { accessLogs, originSecret }: Edge): string {
    const { environment } = this.#context;
    const { waf, cdn } = environment;
    if (originSecret === undefined || !cdn.enabled) {
      if (waf.enabled)
        new WebAcl(this, 'web-acl', {
          environment,
          guarded: { loadBalancerArn: loadBalancer.balancer.arn },
        });
      return loadBalancer.url;
    }
    const provider = globalProvider(this, 'service', this.#context);
    const webAcl = waf.enabled
      ? new WebAcl(this, 'web-acl', { environment, guarded: { distributionProvider: provider } })
      : undefined;
    return new Distribution(this, 'cdn', {
      environment,
      loadBalancer,
      secret: originSecret,
      webAclArn: webAcl?.arn,
      accessLogs,
      globalProvider: provider,
    }).url;
  }

  /** What balancer and distribution share. */
  #edge(): Edge {
    const { environment, accountId } = this.#context;
    const { accessLogs, cdn, region } = environment;
    return {
      originSecret: cdn.enabled ? new OriginSecret(this, 'origin', environment) : undefined,
      accessLogs: accessLogs.enabled
        ? new PrivateBucket(this, 'access-logs', {
            name: bucketNames(environment, accountId).accessLogs,
            isProtected: false,
            olderVersionsDays: null,
            expirationDays: accessLogs.retentionDays,
            statements: (bucketArn) => [
              ...accessLogStatements(bucketArn, { accountId, region }),
              ...(cdn.enabled ? distributionLogStatements(bucketArn, accountId) : []),
            ],
          })
        : undefined,
    };
  }

  #loadBalancer({ network, groups }: NetworkStack, edge: Edge): LoadBalancer {
    const { environment } = this.#context;
    const isInternal = httpApi(environment) !== null;
    return new LoadBalancer(this, 'load-balancer', {
      environment,
      vpcId: network.vpcId,
      exposure: isInternal ? 'internal' : 'public',
      subnetIds: isInternal ? network.privateSubnetIds : network.publicSubnetIds,
      securityGroupId: groups.loadBalancer.id,
      ...edge,
    });
  }
}

interface Edge {
  readonly accessLogs: PrivateBucket | undefined;
  readonly originSecret: OriginSecret | undefined;
}
