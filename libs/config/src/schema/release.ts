import { z } from 'zod';

const minutes = (min: number, max: number) => z.int().min(min).max(max);
const share = (meaning: string) => z.int().min(1).max(99).default(10).describe(meaning);

const shift = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all-at-once').describe('All traffic moves in one step.') }),
    z.strictObject({
      kind: z
        .literal('canary')
        .describe('A part of the traffic moves first, and the rest after an interval.'),
      percent: share('Share of the traffic that moves first.'),
      intervalMinutes: minutes(1, 2880).default(5).describe('Time between the two steps.'),
    }),
    z.strictObject({
      kind: z.literal('linear').describe('The traffic moves in equal steps.'),
      percent: share('Share of the traffic that moves with each step.'),
      intervalMinutes: minutes(1, 2880).default(1).describe('Time between two steps.'),
    }),
  ])
  .prefault({ kind: 'all-at-once' });

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

const blueGreen = z.strictObject({
  kind: z
    .literal('blue-green')
    .describe(
      'CodeDeploy starts a second set of tasks, tests it, moves the traffic to it and removes the first.',
    ),
  shift,
  testListenerPort: z
    .int()
    .min(1)
    .max(65_535)
    .default(8080)
    .describe(
      'Port of the listener that leads to the new tasks before any traffic does; of a public balancer only its private addresses answer there.',
    ),
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

const rolling = z.strictObject({
  kind: z.literal('rolling').describe('New units of capacity take the place of old ones, a few at a time.'),
});

/** How a new version takes over. */
export const releaseSchema = z.discriminatedUnion('kind', [rolling, blueGreen]);
