import type { ServiceState } from '../aws/service-directory.ts';

/** How a service that CodeDeploy releases stands: by its primary task set, the one that has the traffic. */
export type TaskSetProgress =
  { readonly kind: 'steady' } | { readonly kind: 'under-way'; readonly waitingFor: string };

export function taskSetProgress({ taskSets }: ServiceState): TaskSetProgress {
  const primary = taskSets.find((taskSet) => taskSet.primary);
  if (primary === undefined) return { kind: 'under-way', waitingFor: 'a primary task set' };
  const { steady, running, desired } = primary;
  if (steady && running === desired) return { kind: 'steady' };
  return {
    kind: 'under-way',
    waitingFor: `the tasks that have the traffic: ${running} of ${desired} running`,
  };
}
