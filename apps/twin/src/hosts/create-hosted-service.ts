import { randomBytes, randomUUID } from 'node:crypto';
import { type Compute, hostSize, resourceNames } from '@tideline/config';
import type { BuiltFleet, FleetParts } from '../fleet/fleet.ts';
import { EventLog } from '../fleet/event-log.ts';
import { spreadEvenly } from '../fleet/spread-evenly.ts';
import { ServiceScheduler } from '../service/service-scheduler.ts';
import { Task } from '../tasks/task.ts';
import { ContainerInstance } from './container-instance.ts';
import { HostGroup } from './host-group.ts';
import { HostPlacement } from './host-placement.ts';
import { InstanceEvents } from './instance-events.ts';

const hexId = (): string => randomUUID().replaceAll('-', '');

/** An ECS service whose tasks run on EC2 instances of a capacity provider. */
export function createHostedService(
  compute: Compute<'ecs-ec2'>,
  parts: FleetParts,
): BuiltFleet<ServiceScheduler> {
  const { environment, clock, targets, onEnded, onMeasured } = parts;
  const { assumptions, container } = environment;
  const names = resourceNames(environment);
  const events = new EventLog({ clock, subject: `service ${names.service}`, onEvent: parts.onEvent });
  const group = new HostGroup({
    compute,
    clock,
    zones: parts.zones,
    events: new InstanceEvents({
      group: events.about(`auto-scaling-group ${names.autoScalingGroup}`),
      cluster: events.about(`cluster ${names.cluster}`),
    }),
    launch: (availabilityZone) =>
      new ContainerInstance({
        id: `i-${randomBytes(9).toString('hex').slice(1)}`,
        containerInstanceId: hexId(),
        availabilityZone,
        size: hostSize(compute),
        startSeconds: spreadEvenly(assumptions.instanceStartSeconds),
        clock,
        onChange: (instance) => group.instanceChanged(instance),
      }),
    onLost: ({ id, taskIds }) => {
      for (const taskId of taskIds) fleet.task(taskId)?.kill(`Host EC2 (instance ${id}) terminated`);
    },
    onRoom: () => fleet.roomChanged(),
  });
  const placement = new HostPlacement(compute, group);
  const fleet: ServiceScheduler = new ServiceScheduler({
    ...parts,
    log: events,
    placement,
    targetGroup: names.targetGroup,
    targetHealth: () => targets.targets(),
    firstDefinition: { revision: 1, version: '1', variables: {} },
    createTask: (planned) =>
      new Task({
        ...planned,
        id: hexId(),
        startSeconds: spreadEvenly(assumptions.taskStartSeconds),
        stopTimeoutSeconds: container.stopTimeoutSeconds,
        clock,
        runtime: parts.runtime,
        targets,
        onChange: (task) => {
          if (task.state === 'RUNNING') onMeasured(task);
          if (task.isGone) {
            onEnded(task.id);
            placement.release(task);
          }
          fleet.taskChanged(task);
        },
      }),
  });
  const waitingTasks = (): number =>
    fleet.tasks().filter(({ isActive, availabilityZone }) => isActive && availabilityZone === null).length;
  return { fleet, events, hosts: { compute, group, waitingTasks } };
}
