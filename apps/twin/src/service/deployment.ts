import type { TaskDefinition } from '../tasks/task-runtime.ts';

/** One rollout of a task definition, and how it is going. */
export interface Deployment {
  readonly id: string;
  readonly definition: TaskDefinition;
  readonly startedAtSeconds: number;
  /** STOPPED: another deployment took its place before it was done. */
  readonly rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'STOPPED';
  /** Tasks in a row that ended before they became healthy. */
  readonly failedTasks: number;
}

/** Fewest tasks that stay healthy during a deployment: the percentage of desired, rounded up. */
export const fewestHealthy = (desired: number, minimumHealthyPercent: number): number =>
  Math.ceil((desired * minimumHealthyPercent) / 100);

/** Most tasks that may be active during a deployment: the percentage of desired, rounded down. */
export const mostActive = (desired: number, maximumPercent: number): number =>
  Math.floor((desired * maximumPercent) / 100);

/** Failures in a row at which the circuit breaker opens: half of desired, at least 3 and at most 200 (Amazon ECS guide). */
export const circuitBreakerThreshold = (desired: number): number =>
  Math.min(200, Math.max(3, Math.ceil(desired / 2)));

const firstBackoffSeconds = 10;
const longestBackoffSeconds = 900;

/** Wait before the next start after `failures` tasks in a row that never ran: doubles up to 15 minutes. */
export const startBackoffSeconds = (failures: number): number =>
  failures === 0 ? 0 : Math.min(longestBackoffSeconds, firstBackoffSeconds * 2 ** (failures - 1));
