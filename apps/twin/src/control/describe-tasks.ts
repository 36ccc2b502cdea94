import type { TaskHost } from '../tasks/task.ts';
import type { ServiceScheduler } from '../service/service-scheduler.ts';

/** What the control API says of a task. */
export interface TaskDescription {
  readonly id: string;
  readonly state: string;
  /** Null while the task waits for a place. */
  readonly availabilityZone: string | null;
  /** Null where no instance of ours is its host, and while it waits for one. */
  readonly host: TaskHost | null;
  readonly version: string;
  readonly revision: number;
  /** Why it was asked to stop, or ended; null until then. */
  readonly stoppedReason: string | null;
  /** Health of its target, or why it has none. */
  readonly health: string;
  readonly createdAtSeconds: number;
}

/** The balancer, as far as it tells how its targets are. */
export interface TargetStates {
  targets(): readonly {
    readonly id: string;
    readonly state: string;
    readonly requestsInFlight?: number;
  }[];
}

/** Health of each target by its id. */
export const targetHealth = (targets: TargetStates): ReadonlyMap<string, string> =>
  new Map(targets.targets().map(({ id, state }) => [id, state]));

export function describeTasks(
  service: Pick<ServiceScheduler, 'tasks'>,
  targets: TargetStates,
): TaskDescription[] {
  const health = targetHealth(targets);
  return service.tasks().map((task) => ({
    id: task.id,
    state: task.state,
    availabilityZone: task.availabilityZone,
    host: task.host,
    version: task.definition.version,
    revision: task.definition.revision,
    stoppedReason: task.stoppedReason ?? null,
    health: health.get(task.id) ?? 'not registered',
    createdAtSeconds: task.createdAtSeconds,
  }));
}
