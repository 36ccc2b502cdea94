import {
  type Environment,
  type ReleaseSettings,
  codeDeployRelease,
  shiftMinutes,
  testTraffic,
} from '@tideline/config';
import { testTrafficPauseSeconds } from '@tideline/config/release-hook';
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
    ...hookLines(environment, deploymentsPerMonth),
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

/** Memory of the function that tests a release, GiB. */
const hookGigabytes = 0.25;

/** The function that tests a release, for as long as its pauses take; what is billed for each call is less than a thousandth of a cent. */
function hookLines(environment: Environment, deploymentsPerMonth: number): readonly UnpricedLine[] {
  const traffic = testTraffic(environment);
  if (traffic === null) return [];
  const requests = traffic.paths.length * traffic.requests;
  const seconds = requests * testTrafficPauseSeconds;
  return [
    {
      part: 'delivery',
      id: 'release.hook',
      resource: 'Function that tests releases',
      stack: 'service',
      quantity: deploymentsPerMonth * seconds * hookGigabytes,
      price: 'lambda.arm.gigabyteSecond',
      note: `${deploymentsPerMonth} releases, ${requests} requests in about ${seconds} s each; its way to CodeDeploy is among the interface endpoints`,
    },
  ];
}

/** How long the tasks of both versions run beside each other. */
const releaseMinutes = ({ shift, terminationWaitMinutes }: ReleaseSettings<'blue-green'>): number =>
  startMinutes + shiftMinutes(shift) + terminationWaitMinutes;
