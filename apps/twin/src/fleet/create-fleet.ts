import type { AutoScalingGroup } from '../group/auto-scaling-group.ts';
import { createGroup } from '../group/create-group.ts';
import { createHostedService } from '../hosts/create-hosted-service.ts';
import { createService } from '../service/create-service.ts';
import type { ServiceScheduler } from '../service/service-scheduler.ts';
import type { BuiltFleet, FleetParts } from './fleet.ts';

/** Every kind of fleet, told apart by `kind`: what is peculiar to one (deployments, instance refreshes) is reached through it. */
export type AnyFleet = ServiceScheduler | AutoScalingGroup;

/** The fleet that the environment’s compute flavour asks for. */
export function createFleet(parts: FleetParts): BuiltFleet<AnyFleet> {
  const { compute } = parts.environment;
  switch (compute.kind) {
    case 'fargate':
      return createService(parts);
    case 'ecs-ec2':
      return createHostedService(compute, parts);
    case 'ec2-asg':
      return createGroup(compute, parts);
  }
}
