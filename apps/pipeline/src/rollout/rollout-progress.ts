import type { Rollout, ServiceState } from '../aws/service-directory.ts';

/** How far the service is on its way to a task definition. */
export type RolloutProgress =
  | { readonly kind: 'steady' }
  | { readonly kind: 'under-way'; readonly waitingFor: string }
  /** ECS gave up on the task definition. */
  | { readonly kind: 'failed'; readonly reason: string; readonly rollback: Rollback };

/**
 * What follows a rollout that failed: nothing has begun yet, the former task definition is on its way, runs as it should
 * again, or has failed in its turn.
 */
type Rollback = 'not-begun' | 'under-way' | 'done' | 'failed';

/** Judges a rollout by what ECS reports: complete, on its way, or given up by the circuit breaker. */
export function rolloutProgress(service: ServiceState, taskDefinition: string): RolloutProgress {
  const primary = service.rollouts.find((rollout) => rollout.primary);
  if (primary === undefined) return { kind: 'under-way', waitingFor: 'a rollout to begin' };
  const failed = service.rollouts.find(({ state }) => state === 'FAILED');
  const wanted = primary.taskDefinition === taskDefinition;
  if (wanted && failed?.primary !== true)
    return isComplete(service, primary)
      ? { kind: 'steady' }
      : { kind: 'under-way', waitingFor: counts(service, primary) };
  const reason = (failed ?? primary).reason || `ECS runs ${primary.taskDefinition}, not ${taskDefinition}`;
  return { kind: 'failed', reason, rollback: wanted ? 'not-begun' : rollbackOf(service, primary) };
}

function rollbackOf(service: ServiceState, primary: Rollout): Rollback {
  if (primary.state === 'FAILED') return 'failed';
  return isComplete(service, primary) ? 'done' : 'under-way';
}

/** Whether an earlier task definition runs that ECS could go back to. */
export const hasFormerRollout = ({ rollouts }: ServiceState): boolean =>
  rollouts.some(({ primary, state }) => !primary && state !== 'FAILED');

const isComplete = ({ rollouts, running, desired, pending }: ServiceState, primary: Rollout): boolean =>
  primary.state === 'COMPLETED' &&
  running === desired &&
  pending === 0 &&
  rollouts.every((rollout) => rollout.primary || rollout.state === 'FAILED');

const counts = ({ running, desired, pending }: ServiceState, { state, failedTasks }: Rollout): string =>
  `${running} of ${desired} tasks running, ${pending} pending${failedTasks > 0 ? `, ${failedTasks} failed` : ''}; rollout ${state}`;
