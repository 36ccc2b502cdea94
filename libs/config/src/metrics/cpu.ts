import * as z from 'zod';
import { capacityUnit } from '../compute/compute-kinds.ts';
import { counted } from '../counted.ts';
import type { Environment, LoadProfile } from '../environment.ts';
import { percent } from '../schema/fields.ts';
import { figure, warn } from '../warnings/warning-rule.ts';
import { averageUtilisation } from './average-utilisation.ts';
import type { LoadOnTasks, MetricKindOf } from './metric-kind.ts';

export const cpuSchema = z.strictObject({
  kind: z.literal('cpu').describe('Service CPUUtilization, percent.'),
});

export const cpuTargetSchema = z.strictObject({
  kind: z.literal('cpu').describe('Service CPUUtilization.'),
  targetPercent: percent().describe('Average CPU utilisation to hold, percent of the reserved CPU.'),
});

/** CPU utilisation of the tasks or instances. */
export const cpu: MetricKindOf<'cpu'> = {
  ...averageUtilisation('CPUUtilization'),
  foreseen: 'at-least',
  perUnit: true,
  targetValue: ({ targetPercent }) => targetPercent,
  expected: (environment, load) => {
    const total = cpuPercentOfOneTask(environment, load);
    return total === null ? null : total / load.tasks;
  },
  warnings: ({ policy, metric: { targetPercent } }, environment, highest) => {
    const total = cpuPercentOfOneTask(environment, highest);
    if (total === null) return [];
    const path = `scaling.policies.${policy}.metric.targetPercent`;
    const { tasks } = highest;
    const busy = total / tasks;
    const outOfReach =
      busy > 100 || busy <= targetPercent
        ? []
        : warn(
            'TL-WARN-CPU-TARGET',
            path,
            `${cpuDemand(environment, highest, busy)}, above the target of ${figure(targetPercent)} %: the policy can only pin the service at its maximum. Raise capacity.max to ${Math.ceil(total / targetPercent)}, or the target`,
          );
    // Utilisation tops out near 100 %, so one step reaches at most ceil(n x 100 / target) tasks.
    const from = environment.capacity.min;
    const needed = Math.min(Math.ceil(total / targetPercent), tasks);
    const reach = Math.ceil((from * 100) / targetPercent);
    if (from === 0 || needed <= reach) return outOfReach;
    return [
      ...outOfReach,
      ...warn(
        'TL-WARN-CPU-STEP',
        path,
        `the load needs ${counted(needed, 'task')}, and one step from ${counted(from, 'task')} reaches at most ${reach}, because utilisation tops out near 100 % and the target is ${figure(targetPercent)} %: expect several steps, or raise capacity.min`,
      ),
    ];
  },
};

/** How busy a load keeps its tasks, in words. */
export const cpuDemand = (
  environment: Environment,
  { requestsPerSecond, tasks }: LoadOnTasks,
  busyPercent: number,
): string =>
  `at ${figure(requestsPerSecond)} requests/s and ${figure(environment.container.cpuMillisecondsPerRequest)} ms of CPU for each request to /, ${counted(tasks, 'task')} of ${capacityUnit(environment).cpuUnits} CPU units ${tasks === 1 ? 'is' : 'are'} ${figure(busyPercent)} % busy`;

/** CPU that a rate of requests keeps busy, in percent of one task’s share; null when requests do no CPU work. */
export function cpuPercentOfOneTask(
  environment: Environment,
  load: Pick<LoadOnTasks, 'profile' | 'requestsPerSecond'>,
): number | null {
  const { cpuMillisecondsPerRequest } = environment.container;
  if (cpuMillisecondsPerRequest === 0) return null;
  const busyMsPerSecond = load.requestsPerSecond * workShare(load.profile) * cpuMillisecondsPerRequest;
  const shareMsPerSecond = (capacityUnit(environment).cpuUnits / 1024) * 1000;
  return (busyMsPerSecond / shareMsPerSecond) * 100;
}

/** Share of the requests that go to `/`, the route that does CPU work; 0 to 1. */
function workShare({ endpoints }: LoadProfile): number {
  const total = endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const work = endpoints
    .filter(({ path }) => path.split('?')[0] === '/')
    .reduce((sum, { weight }) => sum + weight, 0);
  return work / total;
}
