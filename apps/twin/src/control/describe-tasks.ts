import type { Twin } from '../twin.ts';

/** What the control API says of a task. */
export interface TaskDescription {
  readonly id: string;
  readonly state: string;
  readonly availabilityZone: string;
  readonly version: string;
  readonly revision: number;
  /** Health of its target, or why it has none. */
  readonly health: string;
  readonly createdAtSeconds: number;
}

export function describeTasks(twin: Twin): TaskDescription[] {
  const health = new Map(twin.balancer.targets().map((target) => [target.id, target.state]));
  return twin.service.tasks().map((task) => ({
    id: task.id,
    state: task.state,
    availabilityZone: task.availabilityZone,
    version: task.definition.version,
    revision: task.definition.revision,
    health: health.get(task.id) ?? 'not registered',
    createdAtSeconds: task.createdAtSeconds,
  }));
}
