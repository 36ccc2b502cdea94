import type { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Construct } from 'constructs';
import { createCluster } from '../cluster.ts';
import type { FargateServiceProps } from './fargate-service.ts';
import type { ReleaseTargets } from '../../network/load-balancer.ts';
import { balancedSettings } from '../service-settings.ts';

export interface BlueGreenServiceProps extends FargateServiceProps {
  readonly targets: ReleaseTargets;
}

/**
 * The cluster and its service, whose releases CodeDeploy makes. Terraform gives it the first task definition and the first
 * target group; what it runs later, and behind which group, is CodeDeploy’s, and how many tasks there are is scaling’s.
 */
export class BlueGreenService extends Construct {
  readonly cluster: EcsCluster;
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: BlueGreenServiceProps) {
    super(scope, id);
    const { environment, loadBalancer, targets } = props;
    this.cluster = createCluster(this, environment);
    this.service = new EcsService(this, 'service', {
      // No percents and no circuit breaker: ECS refuses these together with another controller than its own.
      ...balancedSettings(environment, loadBalancer),
      cluster: this.cluster.arn,
      taskDefinition: props.taskDefinitionArn,
      launchType: 'FARGATE',
      deploymentController: { type: 'CODE_DEPLOY' },
      // ECS rebalances the zones of rolling services alone (ECS guide, update service parameters).
      availabilityZoneRebalancing: 'DISABLED',
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: [props.securityGroupId],
        assignPublicIp: false,
      },
      lifecycle: {
        ignoreChanges: ['task_definition', 'load_balancer', 'desired_count'],
        // A service that CodeDeploy releases cannot be given other target groups: it is made anew with them.
        replaceTriggeredBy: [loadBalancer.targetGroup, targets.greenTargetGroup].map(idOf),
      },
      dependsOn: [loadBalancer.listener, targets.testListener],
    });
  }
}

const idOf = ({ terraformResourceType, friendlyUniqueId }: LbTargetGroup): string =>
  `${terraformResourceType}.${friendlyUniqueId}.id`;
