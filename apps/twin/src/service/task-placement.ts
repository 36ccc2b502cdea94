import type { Task } from '../tasks/task.ts';

/** What came of looking for room. */
export interface PlacementOutcome {
  /** Tasks that have found their place now. */
  readonly placed: readonly Task[];
  /** Why a task found none, in ECS’s words after the service’s name; null when each has. */
  readonly unable: string | null;
}

/** Where the tasks of a service find room: each kind of capacity is one. */
export interface TaskPlacement {
  /** Zones that a new task may be planned into; null stands for one that is found later. Empty: nothing can start. */
  readonly zones: readonly (string | null)[];
  /** Takes a zone away. */
  loseZone(zone: string): void;
  restoreZone(zone: string): void;
  /** The place of the task is about to go: another task has to take over. */
  mustLeave(task: Task): boolean;
  /**
   * Places the tasks that wait.
   * @param missing tasks that are desired but do not exist yet
   */
  place(tasks: { readonly waiting: readonly Task[]; readonly missing: number }): PlacementOutcome;
}
