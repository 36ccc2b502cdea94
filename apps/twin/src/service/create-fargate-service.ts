import { randomUUID } from 'node:crypto';
import { resourceNames } from '@tideline/config';
import { EventLog } from '../fleet/event-log.ts';
import type { BuiltFleet, FleetParts } from '../fleet/fleet.ts';
import { spreadEvenly } from '../fleet/spread-evenly.ts';
import { Task } from '../tasks/task.ts';
import { ZonePlacement } from './zone-placement.ts';
import { ServiceScheduler } from './service-scheduler.ts';

/** An ECS service of Fargate tasks. */
export function createFargateService(parts: FleetParts): BuiltFleet<ServiceScheduler> {
  const { environment, clock, targets, onEnded, onMeasured } = parts;
  const names = resourceNames(environment);
  const events = new EventLog({ clock, subject: `service ${names.service}`, onEvent: parts.onEvent });
  const fleet = new ServiceScheduler({
    ...parts,
    log: events,
    placement: new ZonePlacement(parts.zones),
    targetGroup: names.targetGroup,
    targetHealth: () => targets.targets(),
    firstDefinition: { revision: 1, version: '1', variables: {} },
    createTask: (placement) =>
      new Task({
        ...placement,
        id: randomUUID().replaceAll('-', ''),
        startSeconds: spreadEvenly(environment.assumptions.taskStartSeconds),
        stopTimeoutSeconds: environment.container.stopTimeoutSeconds,
        clock,
        runtime: parts.runtime,
        targets,
        onChange: (task) => {
          if (task.state === 'RUNNING') onMeasured(task);
          if (task.isGone) onEnded(task.id);
          fleet.taskChanged(task);
        },
      }),
  });
  return { fleet, events };
}
