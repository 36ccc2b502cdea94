import type { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { Environment } from '@tideline/config';
import { Construct } from 'constructs';
import { createCluster } from '../cluster.ts';
import type { LoadBalancer } from '../../network/load-balancer.ts';
import { serviceSettings } from '../service-settings.ts';

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
    this.cluster = createCluster(this, environment);
    this.service = new EcsService(this, 'service', {
      ...serviceSettings(environment, loadBalancer),
      cluster: this.cluster.arn,
      taskDefinition: props.taskDefinitionArn,
      launchType: 'FARGATE',
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: [props.securityGroupId],
        assignPublicIp: false,
      },
      dependsOn: [loadBalancer.listener],
    });
  }
}
