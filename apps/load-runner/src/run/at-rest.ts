import type { Observation } from '@tideline/evidence';

/**
 * The service has come back to its minimum and nothing is about to raise it: every task there is runs, is healthy and
 * is wanted, no scaling activity is under way (the last one is over when the task it removed is gone), and no alarm on
 * a high value is in ALARM. An alarm on a low value may be: without load it stays there.
 */
export const atRest =
  (minTasks: number) =>
  ({ service, policies, activities }: Observation): boolean =>
    service.desired === minTasks &&
    service.running === minTasks &&
    service.healthy === minTasks &&
    activities.every(({ status }) => status !== 'InProgress' && status !== 'Pending') &&
    policies.every(({ alarms }) =>
      alarms.every(({ comparison, state }) => !comparison.startsWith('>') || state !== 'ALARM'),
    );
