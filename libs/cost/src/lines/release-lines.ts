import { type Environment, type ReleaseSettings, codeDeployRelease, shiftMinutes } from '@tideline/config';
import { unitsBeside } from '../compute/compute-lines.ts';
import type { UnpricedLine } from '../line-item.ts';
import type { Usage } from '../usage.ts';
import { releaseAlarmMetrics } from './alarm-metrics.ts';

/** From the start of the new tasks until traffic moves: pulling, booting, and health checks. */
const startMinutes = 3;

/** What blue/green releases cost: every task twice while one is under way, and the alarms that watch it. CodeDeploy itself is free for ECS. */
export function releaseLines(environment: Environment, usage: Usage): readonly UnpricedLine[] {
  const release = codeDeployRelease(environment);
  if (release === null) return [];
  const { deploymentsPerMonth } = usage.assumptions;
  const minutes = releaseMinutes(release);
  const hours = (deploymentsPerMonth * minutes * usage.averageUnits) / 60;
  const tasks = {
    id: 'release',
    resource: 'Tasks twice during releases',
    hours,
    address: 'no public address',
  };
  const alarms = releaseAlarmMetrics(environment);
  return [
    ...unitsBeside(environment, tasks).map((line) => ({
      ...line,
      part: 'delivery' as const,
      note: `${line.note}; ${deploymentsPerMonth} releases of ${minutes} minutes`,
    })),
    {
      part: 'observability',
      id: 'alarms.release',
      resource: 'Alarms that roll a release back',
      stack: 'service',
      quantity: alarms.metrics,
      price: 'cloudwatch.alarm',
      note: `${alarms.alarms} alarms over ${alarms.metrics} metrics: requests, errors and response time of both target groups`,
    },
  ];
}

/** How long the tasks of both versions run beside each other. */
const releaseMinutes = ({ shift, terminationWaitMinutes }: ReleaseSettings<'blue-green'>): number =>
  startMinutes + shiftMinutes(shift) + terminationWaitMinutes;
