import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { Compute, Environment } from '@tideline/config';
import { Construct } from 'constructs';
import type { LoadBalancer } from '../../network/load-balancer.ts';
import { serviceSettings } from '../service-settings.ts';
import type { AsgCapacityProvider } from './asg-capacity-provider.ts';

export interface Ec2ServiceProps {
  readonly environment: Environment;
  readonly compute: Compute<'ecs-ec2'>;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly hosts: AsgCapacityProvider;
  readonly loadBalancer: LoadBalancer;
}

/** The service on instances: ECS places its tasks, and registers each with the port that its instance gave it. */
export class Ec2Service extends Construct {
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: Ec2ServiceProps) {
    super(scope, id);
    const { environment, compute, hosts, loadBalancer } = props;
    this.service = new EcsService(this, 'service', {
      ...serviceSettings(environment, loadBalancer),
      cluster: props.clusterArn,
      taskDefinition: props.taskDefinitionArn,
      capacityProviderStrategy: [{ capacityProvider: hosts.provider.name, weight: 1, base: 0 }],
      // Zones first, which zone rebalancing asks for too; within a zone as few instances as will do.
      orderedPlacementStrategy: [
        { type: 'spread', field: 'attribute:ecs.availability-zone' },
        { type: 'binpack', field: 'memory' },
      ],
      ...(compute.taskPerInstance ? { placementConstraints: [{ type: 'distinctInstance' }] } : {}),
      // Once the provider is the cluster’s; and gone before it, so that no task is left when instances end.
      dependsOn: [loadBalancer.route, hosts.association],
    });
  }
}
