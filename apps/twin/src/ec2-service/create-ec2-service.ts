import { randomUUID } from 'node:crypto';
import { type Compute, hostSize, resourceNames } from '@tideline/config';
import type { BuiltFleet, FleetParts } from '../fleet/fleet.ts';
import { EventLog } from '../fleet/event-log.ts';
import { noticedAfterSeconds } from '../fleet/noticed-after.ts';
import { newInstance } from '../fleet/new-instance.ts';
import { createTask } from '../service/create-task.ts';
import { ServiceScheduler } from '../service/service-scheduler.ts';
import { ContainerInstance } from './container-instance.ts';
import { CapacityProviderGroup } from './capacity-provider-group.ts';
import { ContainerInstancePlacement } from './container-instance-placement.ts';
import { CapacityProviderEvents } from './capacity-provider-events.ts';

/** An ECS service whose tasks run on EC2 instances of a capacity provider. */
export function createEc2Service(
  compute: Compute<'ecs-ec2'>,
  parts: FleetParts,
): BuiltFleet<ServiceScheduler> {
  const { environment, clock } = parts;
  const names = resourceNames(environment);
  const events = new EventLog({ clock, subject: `service ${names.service}`, onEvent: parts.onEvent });
  const group = new CapacityProviderGroup({
    compute,
    clock,
    zones: parts.zones,
    events: new CapacityProviderEvents({
      group: events.about(`auto-scaling-group ${names.autoScalingGroup}`),
      cluster: events.about(`cluster ${names.cluster}`),
    }),
    launch: (availabilityZone) =>
      new ContainerInstance({
        ...newInstance(environment),
        containerInstanceId: randomUUID().replaceAll('-', ''),
        availabilityZone,
        size: hostSize(compute),
        clock,
        onChange: (instance) => group.instanceChanged(instance),
      }),
    noticedAfterSeconds: noticedAfterSeconds(environment),
    onLost: ({ id, taskIds }, fault) => {
      for (const taskId of taskIds) fleet.task(taskId)?.lose(fault, `Host EC2 (instance ${id}) terminated`);
    },
    onRoom: () => fleet.roomChanged(),
  });
  const placement = new ContainerInstancePlacement(compute, group);
  const fleet: ServiceScheduler = new ServiceScheduler({
    ...parts,
    log: events,
    placement,
    targetGroup: names.targetGroup,
    targetHealth: () => parts.targets.targets(),
    firstDefinition: { revision: 1, version: '1', variables: {} },
    createTask: (placed) =>
      createTask(parts, {
        ...placed,
        onChange: (task) => {
          if (task.isGone) placement.release(task);
          fleet.taskChanged(task);
        },
      }),
  });
  const waitingTasks = (): number =>
    fleet.tasks().filter(({ isActive, availabilityZone }) => isActive && availabilityZone === null).length;
  return { fleet, events, managedInstances: { compute, group, waitingTasks } };
}
