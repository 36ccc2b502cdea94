import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import type { PrivateBucket } from './private-bucket.ts';
import { targetBinding } from './target-binding.ts';

const httpsPort = 443;
/** Policy that AWS recommends for HTTPS listeners: TLS 1.3, with 1.2 for older clients. */
const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

export interface LoadBalancerProps {
  readonly environment: Environment;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** Where access logs go; undefined writes none. */
  readonly accessLogs: PrivateBucket | undefined;
}

/** The balancer, its listeners, and the group of targets that the service registers its tasks with. */
export class LoadBalancer extends Construct {
  readonly balancer: Lb;
  readonly targetGroup: LbTargetGroup;
  /** The listener that sends requests to the tasks; a service is refused until it exists. */
  readonly listener: LbListener;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.balancer = this.#createBalancer(props);
    this.targetGroup = this.#createTargetGroup(props);
    this.listener = this.#listen(props.environment.loadBalancer);
  }

  /** Where clients reach the service. */
  get url(): string {
    return `${this.listener.protocolInput === 'HTTPS' ? 'https' : 'http'}://${this.balancer.dnsName}`;
  }

  #createBalancer({ environment, subnetIds, securityGroupId, accessLogs }: LoadBalancerProps): Lb {
    return new Lb(this, 'balancer', {
      name: resourceNames(environment).loadBalancer,
      loadBalancerType: 'application',
      internal: false,
      subnets: subnetIds,
      securityGroups: [securityGroupId],
      idleTimeout: environment.loadBalancer.idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      enableDeletionProtection: environment.protection.loadBalancer,
      ...(accessLogs === undefined
        ? {}
        : {
            accessLogs: { bucket: accessLogs.bucket.bucket, enabled: true },
            dependsOn: [accessLogs.policy],
          }),
    });
  }

  #createTargetGroup({ environment, vpcId }: LoadBalancerProps): LbTargetGroup {
    const { container, loadBalancer, healthCheck } = environment;
    const { targetType, port } = targetBinding(environment);
    const { stickinessSeconds } = loadBalancer;
    return new LbTargetGroup(this, 'targets', {
      name: resourceNames(environment).targetGroup,
      vpcId,
      targetType,
      protocol: 'HTTP',
      port,
      loadBalancingAlgorithmType: loadBalancer.algorithm,
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
        matcher: '200',
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
    });
  }

  #listen({ listenerPort, certificateArn }: Environment['loadBalancer']): LbListener {
    const forward = [{ type: 'forward', targetGroupArn: this.targetGroup.arn }];
    const loadBalancerArn = this.balancer.arn;
    // A group that is listened to cannot be deleted: when it is replaced, the listener goes first.
    const { terraformResourceType, friendlyUniqueId } = this.targetGroup;
    const lifecycle = { replaceTriggeredBy: [`${terraformResourceType}.${friendlyUniqueId}.id`] };
    const http = { loadBalancerArn, port: listenerPort, protocol: 'HTTP' };
    if (certificateArn === null)
      return new LbListener(this, 'http', { ...http, defaultAction: forward, lifecycle });
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
      defaultAction: forward,
      lifecycle,
    });
  }
}
