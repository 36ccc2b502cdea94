import { randomUUID } from 'node:crypto';
import type { FleetParts } from '../fleet/fleet.ts';
import { noticedAfterSeconds } from '../fleet/noticed-after.ts';
import { spreadEvenly } from '../fleet/new-instance.ts';
import { Task, type TaskOptions } from '../tasks/task.ts';

/** A task with an id and a start time of its own, whose figures count while it runs. */
export function createTask(
  { environment, clock, runtime, targets, onMeasured, onLeft, onEnded }: FleetParts,
  options: Pick<TaskOptions, 'availabilityZone' | 'definition' | 'onChange'>,
): Task {
  return new Task({
    ...options,
    id: randomUUID().replaceAll('-', ''),
    startSeconds: spreadEvenly(environment.assumptions.taskStartSeconds),
    noticedAfterSeconds: noticedAfterSeconds(environment),
    stopTimeoutSeconds: environment.container.stopTimeoutSeconds,
    clock,
    runtime,
    targets,
    onChange: (task) => {
      if (task.state === 'RUNNING') onMeasured(task);
      else onLeft(task);
      if (task.isGone) onEnded(task.id);
      options.onChange(task);
    },
  });
}
