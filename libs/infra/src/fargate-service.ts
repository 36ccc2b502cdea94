import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { appContainerName } from './container-definitions.ts';
import type { LoadBalancer } from './load-balancer.ts';

export interface FargateServiceProps {
  readonly environment: Environment;
  readonly taskDefinitionArn: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly loadBalancer: LoadBalancer;
}

/** The cluster and its service: rolling deployments that undo themselves, and a task count that scaling owns. */
export class FargateService extends Construct {
  readonly cluster: EcsCluster;
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { environment, loadBalancer } = props;
    const { capacity, deployment, healthCheck, container } = environment;
    const names = resourceNames(environment);
    this.cluster = new EcsCluster(this, 'cluster', {
      name: names.cluster,
      // Counts of desired and running tasks come from nowhere else.
      setting: [{ name: 'containerInsights', value: 'enabled' }],
    });
    this.service = new EcsService(this, 'service', {
      name: names.service,
      cluster: this.cluster.arn,
      taskDefinition: props.taskDefinitionArn,
      launchType: 'FARGATE',
      desiredCount: capacity.desired,
      deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent,
      deploymentMaximumPercent: deployment.maximumPercent,
      deploymentCircuitBreaker: {
        enable: deployment.circuitBreaker.enabled,
        rollback: deployment.circuitBreaker.rollback,
      },
      availabilityZoneRebalancing: deployment.availabilityZoneRebalancing ? 'ENABLED' : 'DISABLED',
      healthCheckGracePeriodSeconds: healthCheck.gracePeriodSeconds,
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: [props.securityGroupId],
        assignPublicIp: false,
      },
      loadBalancer: [
        {
          targetGroupArn: loadBalancer.targetGroup.arn,
          containerName: appContainerName,
          containerPort: container.port,
        },
      ],
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      // Scaling owns the count once the service exists: a deploy that set it would undo a scale-out under load.
      lifecycle: { ignoreChanges: ['desired_count'] },
      dependsOn: [loadBalancer.listener],
    });
  }
}
