import type { AutoScalingGroup } from '../auto-scaling-group/auto-scaling-group.ts';
import { createAutoScalingGroup } from '../auto-scaling-group/create-auto-scaling-group.ts';
import { createEc2Service } from '../ec2-service/create-ec2-service.ts';
import { createFargateService } from '../service/create-fargate-service.ts';
import type { ServiceScheduler } from '../service/service-scheduler.ts';
import type { BlueGreenService } from '../release/blue-green-service.ts';
import { type ReleaseParts, createBlueGreenService } from '../release/create-blue-green-service.ts';
import type { BuiltFleet, FleetParts } from './fleet.ts';

/** Every kind of fleet, told apart by `kind`: what is peculiar to one (deployments, instance refreshes) is reached through it. */
export type AnyFleet = ServiceScheduler | BlueGreenService | AutoScalingGroup;

/** The fleet that the environment’s compute flavour asks for. @param release undefined where versions take over task by task */
export function createFleet(parts: FleetParts, release: ReleaseParts | undefined): BuiltFleet<AnyFleet> {
  const { compute } = parts.environment;
  switch (compute.kind) {
    case 'fargate':
      return release === undefined ? createFargateService(parts) : createBlueGreenService(parts, release);
    case 'ecs-ec2':
      return createEc2Service(compute, parts);
    case 'ec2-asg':
      return createAutoScalingGroup(compute, parts);
  }
}
