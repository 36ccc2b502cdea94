import type { NoticedAfterSeconds } from '../src/tasks/task.ts';

/** Every fault is noticed in the moment in which it happens. */
export const atOnce: NoticedAfterSeconds = {
  'task-exit': 0,
  'application-exit': 0,
  'instance-loss': 0,
  'zone-loss': 0,
};
