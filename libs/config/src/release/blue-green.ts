import * as z from 'zod';
import type { Problem } from '../configuration-error.ts';
import type { Environment, ReleaseSettings } from '../environment.ts';
import { refuse } from '../errors/error-rule.ts';
import type { ReleaseKind } from './release-kind.ts';
import { shiftSchema } from './shift.ts';
import { longestHookSeconds, testTrafficSchema, testTrafficSeconds } from './test-traffic-schema.ts';

const minutes = (min: number, max: number) => z.int().min(min).max(max);

const rollbackOnAlarm = z
  .strictObject({
    errorRatePercent: z
      .number()
      .positive()
      .max(100)
      .default(5)
      .describe(
        'Highest share of 5xx answers of either target group in a minute. Each group is looked at alone: the errors of a canary are not thinned by the traffic that has not moved. At AWS the balancer’s own 5xx are judged too, by all requests.',
      ),
    p99Milliseconds: z
      .number()
      .positive()
      .max(60_000)
      .default(2000)
      .describe('Highest 99th percentile of the response time of either target group in a minute.'),
    evaluationPeriods: z
      .int()
      .min(1)
      .max(10)
      .default(1)
      .describe('Minutes in a row above a limit until its alarm fires.'),
  })
  .prefault({});

export const blueGreenSchema = z.strictObject({
  kind: z
    .literal('blue-green')
    .describe(
      'CodeDeploy starts a second set of tasks, tests it, moves the traffic to it and removes the first.',
    ),
  shift: shiftSchema,
  testListenerPort: z
    .int()
    .min(1)
    .max(65_535)
    .default(8080)
    .describe(
      'Port of the listener that leads to the new tasks before any traffic does; of a public balancer only its private addresses answer there.',
    ),
  testTraffic: testTrafficSchema,
  healthyWithinMinutes: minutes(1, 60)
    .default(60)
    .describe('How long the new tasks may take to become healthy; CodeDeploy itself waits for 60 minutes.'),
  terminationWaitMinutes: minutes(0, 2880)
    .default(5)
    .describe(
      'Bake time: how long the old tasks stay after the shift; until then an alarm still rolls back.',
    ),
  rollbackOnAlarm,
});

const httpsPort = 443;

export const blueGreen: ReleaseKind<'blue-green'> = {
  targetGroups: 2,
  codeDeploy: (release) => release,
  // Two whole sets run, whatever the bounds of rolling deployments are.
  sideBySide: () => ({ mostPercent: 200, because: 'in two sets of release.kind blue-green' }),
  errors: (release, environment) => [
    ...testListenerErrors(release, environment),
    ...testTrafficErrors(release.testTraffic),
  ],
};

function testListenerErrors(
  { testListenerPort }: ReleaseSettings<'blue-green'>,
  { loadBalancer: { listenerPort, certificateArn } }: Environment,
): readonly Problem[] {
  const taken = [listenerPort, ...(certificateArn === null ? [] : [httpsPort])];
  const free = [8080, 9000, 9001].find((port) => !taken.includes(port));
  if (!taken.includes(testListenerPort)) return [];
  return refuse(
    'TL-CONFIG-TEST-LISTENER-PORT',
    'release.testListenerPort',
    `got ${testListenerPort}, where the ${testListenerPort === listenerPort ? 'production listener' : 'HTTPS listener of loadBalancer.certificateArn'} stands. Choose another port, such as ${String(free)}`,
  );
}

/** A Lambda function ends after 15 minutes, and has to report before that. */
function testTrafficErrors(settings: ReleaseSettings<'blue-green'>['testTraffic']): readonly Problem[] {
  const seconds = testTrafficSeconds(settings);
  if (!settings.enabled || seconds <= longestHookSeconds) return [];
  return refuse(
    'TL-CONFIG-TEST-TRAFFIC-TIME',
    'release.testTraffic',
    `got ${settings.requests} requests for each of ${settings.paths.length + 1} paths, ${settings.responseWithinMilliseconds} ms for each: ${seconds} s at most, where the Lambda function that asks has ${longestHookSeconds} s. Lower release.testTraffic.requests or release.testTraffic.responseWithinMilliseconds, or name fewer paths`,
  );
}
