import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { type Environment, codeDeployRelease, resourceNames, healthCheckFacts } from '@tideline/config';
import { Construct } from 'constructs';
import type { PrivateBucket } from '../ground/private-bucket.ts';
import type { OriginSecret } from './origin-secret.ts';
import { targetBinding } from './target-binding.ts';

const httpPort = 80;
const httpsPort = 443;
/** Policy that AWS recommends for HTTPS listeners: TLS 1.3, with 1.2 for older clients. */
const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

export interface LoadBalancerProps {
  readonly environment: Environment;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** False: only clients inside the VPC reach it. */
  readonly exposure: 'public' | 'internal';
  /** Where access logs go; undefined writes none. */
  readonly accessLogs: PrivateBucket | undefined;
  /** What requests have to show; undefined answers everybody. */
  readonly originSecret: OriginSecret | undefined;
}

/** What blue/green releases need beside the first target group and the production listener. */
export interface ReleaseTargets {
  /** Target group that the next release starts in. */
  readonly greenTargetGroup: LbTargetGroup;
  /** Leads to the new tasks before any traffic does. */
  readonly testListener: LbListener;
}

/** The balancer, its listeners, and the group of targets that the service registers its tasks with. */
export class LoadBalancer extends Construct {
  readonly balancer: Lb;
  readonly targetGroup: LbTargetGroup;
  /** The production listener. */
  readonly listener: LbListener;
  /** What leads requests to the tasks, the listener or its rule; a service is refused until it exists. */
  readonly route: LbListener | LbListenerRule;
  /** Null where releases replace tasks in place. */
  readonly release: ReleaseTargets | null;
  readonly #environment: Environment;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.balancer = this.#createBalancer(props);
    const { environment } = props;
    this.#environment = environment;
    const release = codeDeployRelease(environment);
    const names = resourceNames(environment);
    this.targetGroup = this.#createTargetGroup('targets', names.targetGroup, props);
    this.listener = this.#listen(props);
    this.route =
      props.originSecret === undefined
        ? this.listener
        : this.#routeFromDistribution(props.originSecret, codeDeployOwner(environment));
    this.release =
      release === null
        ? null
        : this.#releaseTargets(
            this.#createTargetGroup('green-targets', names.greenTargetGroup, props),
            release.testListenerPort,
          );
  }

  /** Where clients reach the service: by the certificate’s name, or by the one that AWS gave the balancer. */
  get url(): string {
    const { domainName, listenerPort } = this.#environment.loadBalancer;
    if (domainName !== null) return `https://${domainName}`;
    return `http://${this.balancer.dnsName}${listenerPort === httpPort ? '' : `:${listenerPort}`}`;
  }

  #releaseTargets(greenTargetGroup: LbTargetGroup, port: number): ReleaseTargets {
    const testListener = new LbListener(this, 'test', {
      loadBalancerArn: this.balancer.arn,
      port,
      protocol: 'HTTP',
      // ECS starts tasks only in a target group that some listener leads to.
      defaultAction: [{ type: 'forward', targetGroupArn: greenTargetGroup.arn }],
      lifecycle: listenerLifecycle(greenTargetGroup, 'codedeploy'),
    });
    return { greenTargetGroup, testListener };
  }

  #createBalancer({ environment, exposure, subnetIds, securityGroupId, accessLogs }: LoadBalancerProps): Lb {
    const { loadBalancer } = environment;
    return new Lb(this, 'balancer', {
      name: resourceNames(environment).loadBalancer,
      loadBalancerType: 'application',
      internal: exposure === 'internal',
      subnets: subnetIds,
      securityGroups: [securityGroupId],
      idleTimeout: loadBalancer.idleTimeoutSeconds,
      clientKeepAlive: loadBalancer.clientKeepAliveSeconds,
      desyncMitigationMode: loadBalancer.desyncMitigationMode,
      dropInvalidHeaderFields: loadBalancer.dropInvalidHeaderFields,
      preserveHostHeader: loadBalancer.preserveHostHeader,
      xffHeaderProcessingMode: loadBalancer.xForwardedForProcessing,
      enableDeletionProtection: environment.protection.loadBalancer,
      ...(accessLogs === undefined
        ? {}
        : {
            accessLogs: { bucket: accessLogs.bucket.bucket, enabled: true },
            dependsOn: [accessLogs.policy],
          }),
    });
  }

  #createTargetGroup(id: string, name: string, { environment, vpcId }: LoadBalancerProps): LbTargetGroup {
    const { container, loadBalancer, healthCheck } = environment;
    const { targetType, port } = targetBinding(environment);
    const { stickinessSeconds } = loadBalancer;
    return new LbTargetGroup(this, id, {
      name,
      vpcId,
      targetType,
      protocol: 'HTTP',
      port,
      loadBalancingAlgorithmType: loadBalancer.algorithm,
      ...(loadBalancer.algorithm === 'weighted_random'
        ? { loadBalancingAnomalyMitigation: loadBalancer.anomalyMitigation ? 'on' : 'off' }
        : {}),
      deregistrationDelay: String(loadBalancer.deregistrationDelaySeconds),
      slowStart: loadBalancer.slowStartSeconds,
      // Every zone’s node sends to the targets of all zones, so that two uneven zones share the load evenly.
      loadBalancingCrossZoneEnabled: 'true',
      ...(stickinessSeconds === 0
        ? {}
        : { stickiness: { type: 'lb_cookie', enabled: true, cookieDuration: stickinessSeconds } }),
      healthCheck: {
        enabled: true,
        protocol: 'HTTP',
        port: 'traffic-port',
        path: `${container.basePath}${healthCheck.path}`,
        matcher: healthCheckFacts(environment).matcher,
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
    });
  }

  #listen({ environment, originSecret }: LoadBalancerProps): LbListener {
    const { listenerPort, certificateArn } = environment.loadBalancer;
    const loadBalancerArn = this.balancer.arn;
    const answer =
      originSecret === undefined
        ? {
            defaultAction: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
            lifecycle: listenerLifecycle(this.targetGroup, codeDeployOwner(environment)),
          }
        : { defaultAction: [refusal] };
    const http = { loadBalancerArn, port: listenerPort, protocol: 'HTTP' };
    if (certificateArn === null) return new LbListener(this, 'http', { ...http, ...answer });
    // CloudFront redirects its clients itself, and asks by HTTPS.
    if (originSecret === undefined)
      new LbListener(this, 'http', {
        ...http,
        defaultAction: [
          {
            type: 'redirect',
            redirect: { protocol: 'HTTPS', port: String(httpsPort), statusCode: 'HTTP_301' },
          },
        ],
      });
    return new LbListener(this, 'https', {
      loadBalancerArn,
      port: httpsPort,
      protocol: 'HTTPS',
      sslPolicy: tlsPolicy,
      certificateArn,
      ...answer,
    });
  }

  /** CodeDeploy moves rules that lead to the service’s group just as it moves a default action. Health checks pass no listener. */
  #routeFromDistribution({ header, accepted }: OriginSecret, owner: RouteOwner): LbListenerRule {
    return new LbListenerRule(this, 'from-distribution', {
      listenerArn: this.listener.arn,
      priority: 1,
      condition: [{ httpHeader: { httpHeaderName: header, values: accepted } }],
      action: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
      lifecycle: routeLifecycle(this.targetGroup, { owner, led: 'action' }),
    });
  }
}

/** What a request gets that does not come by the environment’s distribution. */
const refusal = {
  type: 'fixed-response',
  fixedResponse: {
    statusCode: '403',
    contentType: 'text/plain',
    messageBody: 'This balancer answers to its CloudFront distribution alone.',
  },
};

type RouteOwner = 'codedeploy' | 'terraform';

const codeDeployOwner = (environment: Environment): RouteOwner =>
  codeDeployRelease(environment) === null ? 'terraform' : 'codedeploy';

const listenerLifecycle = (group: LbTargetGroup, owner: RouteOwner) =>
  routeLifecycle(group, { owner, led: 'default_action' });

/** Where CodeDeploy owns what a listener or rule leads to, it moves it from group to group, and no deploy may move it back. */
function routeLifecycle(
  { terraformResourceType, friendlyUniqueId }: LbTargetGroup,
  { owner, led }: { readonly owner: RouteOwner; readonly led: 'action' | 'default_action' },
) {
  return {
    // A group that is led to cannot be deleted: when it is replaced, what leads to it goes first.
    replaceTriggeredBy: [`${terraformResourceType}.${friendlyUniqueId}.id`],
    ...(owner === 'codedeploy' ? { ignoreChanges: [led] } : {}),
  };
}
