import type { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import type { Environment } from '@tideline/config';
import { Construct } from 'constructs';
import type { LoadBalancer, ReleaseTargets } from '../../network/load-balancer.ts';
import { createCluster } from '../cluster.ts';
import { balancedSettings, serviceSettings } from '../service-settings.ts';

export interface FargateServiceProps {
  readonly environment: Environment;
  readonly taskDefinitionArn: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly loadBalancer: LoadBalancer;
}

/** The cluster and its service, whose task count scaling owns. */
export class FargateService extends Construct {
  readonly cluster: EcsCluster;
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { environment, loadBalancer } = props;
    const { route, release } = loadBalancer;
    this.cluster = createCluster(this, environment);
    this.service = new EcsService(this, 'service', {
      ...(release === null
        ? { ...serviceSettings(environment, loadBalancer), dependsOn: [route] }
        : codeDeploySettings(environment, { loadBalancer, release })),
      cluster: this.cluster.arn,
      taskDefinition: props.taskDefinitionArn,
      launchType: 'FARGATE',
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: [props.securityGroupId],
        assignPublicIp: false,
      },
    });
  }
}

/**
 * Of a service whose releases CodeDeploy makes: Terraform gives it the first task definition and the first target group.
 * CodeDeploy owns what it runs later, and behind which group. No percents and no circuit breaker: ECS refuses these together
 * with another controller than its own.
 */
const codeDeploySettings = (
  environment: Environment,
  { loadBalancer, release }: { readonly loadBalancer: LoadBalancer; readonly release: ReleaseTargets },
) => ({
  ...balancedSettings(environment, loadBalancer),
  deploymentController: { type: 'CODE_DEPLOY' },
  // ECS rebalances the zones of rolling services alone (ECS guide, update service parameters).
  availabilityZoneRebalancing: 'DISABLED',
  lifecycle: {
    ignoreChanges: ['task_definition', 'load_balancer', 'desired_count'],
    // A service that CodeDeploy releases cannot be given other target groups: it is made anew with them.
    replaceTriggeredBy: [loadBalancer.targetGroup, release.greenTargetGroup].map(idOf),
  },
  dependsOn: [loadBalancer.route, release.testListener],
});

const idOf = ({ terraformResourceType, friendlyUniqueId }: LbTargetGroup): string =>
  `${terraformResourceType}.${friendlyUniqueId}.id`;
