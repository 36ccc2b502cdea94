import { resourceNames } from '@tideline/config';
import { EventLog } from '../fleet/event-log.ts';
import type { BuiltFleet, FleetParts } from '../fleet/fleet.ts';
import { createTask } from './create-task.ts';
import { ServiceScheduler } from './service-scheduler.ts';
import { ZonePlacement } from './zone-placement.ts';

/** An ECS service of Fargate tasks. */
export function createFargateService(parts: FleetParts): BuiltFleet<ServiceScheduler> {
  const names = resourceNames(parts.environment);
  const events = new EventLog({
    clock: parts.clock,
    subject: `service ${names.service}`,
    onEvent: parts.onEvent,
  });
  const fleet = new ServiceScheduler({
    ...parts,
    log: events,
    placement: new ZonePlacement(parts.zones),
    targetGroup: names.targetGroup,
    targetHealth: () => parts.targets.targets(),
    firstDefinition: { revision: 1, version: '1', variables: {} },
    createTask: (placement) =>
      createTask(parts, { ...placement, onChange: (task) => fleet.taskChanged(task) }),
  });
  return { fleet, events };
}
