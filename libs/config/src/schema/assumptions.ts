import * as z from 'zod';
import { percent } from './fields.ts';

/** Seconds until something other than a health check takes a dead target out of rotation. */
const deregisteredAfterSeconds = () => z.number().min(0).max(3600);

/** What AWS does not publish. Each value is a model, named in every report; defaults reproduce the published calibration points. */
export const assumptionsSchema = z.strictObject({
  metricLagSeconds: z
    .number()
    .min(0)
    .max(600)
    .optional()
    .describe(
      'Time from the end of a metric period until an alarm is evaluated with its datapoint: publication and evaluation together. Default: 168 at 60 s resolution, 22.5 at 20 s.',
    ),
  taskStartSeconds: z
    .strictObject({
      min: z
        .number()
        .min(0)
        .max(3600)
        .default(20)
        .describe('Fastest start, from the decision to a running task.'),
      max: z
        .number()
        .min(0)
        .max(3600)
        .default(26)
        .describe('Slowest start; starts are spread evenly between the two.'),
    })
    .prefault({}),
  instanceStartSeconds: z
    .strictObject({
      min: z
        .number()
        .min(0)
        .max(3600)
        .default(60)
        .describe('Fastest boot, from the launch to an app that listens.'),
      max: z
        .number()
        .min(0)
        .max(3600)
        .default(90)
        .describe('Slowest boot; boots are spread evenly between the two.'),
    })
    .prefault({}),
  deadTargetSeconds: z
    .strictObject({
      taskExit: deregisteredAfterSeconds()
        .default(5)
        .describe(
          'From the end of a task’s process until the service scheduler deregisters its target; its health checks may be earlier.',
        ),
      instanceLoss: deregisteredAfterSeconds()
        .default(120)
        .describe(
          'From the loss of an EC2 instance until its status checks have it replaced and its targets deregistered; their health checks may be earlier.',
        ),
      zoneLoss: deregisteredAfterSeconds()
        .nullable()
        .default(null)
        .describe(
          'From the loss of an Availability Zone until its targets are deregistered; their health checks may be earlier, and null leaves it to them. On instances, instanceLoss bounds it too.',
        ),
    })
    .prefault({}),
  warmStartSeconds: z
    .strictObject({
      min: z
        .number()
        .min(0)
        .max(3600)
        .default(30)
        .describe(
          'Fastest start of a stopped or hibernated instance of a warm pool, from the decision to an app that listens.',
        ),
      max: z
        .number()
        .min(0)
        .max(3600)
        .default(42)
        .describe(
          'Slowest one; starts are spread evenly between the two. AWS’s own example takes 36 s, and 243 s without a pool.',
        ),
    })
    .prefault({}),
  instanceCpuUnits: z
    .int()
    .min(128)
    .max(16_384)
    .default(256)
    .describe(
      'CPU units that stand for one whole EC2 instance on one machine, which has not the cores of a fleet; utilisation is measured against them.',
    ),
  anomalyErrorPercent: z
    .number()
    .min(1)
    .max(100)
    .default(10)
    .describe(
      'Percentage points by which a target’s errors must exceed those of the others to be an anomaly; AWS publishes no figure.',
    ),
  requestHeadSeconds: z
    .number()
    .min(1)
    .max(4000)
    .default(60)
    .describe(
      'Time that a client may take for the head of a request; AWS documents only how long it may send nothing at all.',
    ),
  scaleInSteps: z
    .enum(['gradual', 'proportional'])
    .default('gradual')
    .describe(
      'How target tracking scales in: one task per cooldown, or at once to what the metric asks for.',
    ),
  idleRequests: z
    .enum(['zero', 'missing'])
    .default('zero')
    .describe('What a balancer without requests reports as its request count: zeros, or nothing.'),
  extraEvaluationDatapoints: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe(
      'Datapoints beyond N that an alarm looks back for when some are missing; AWS documents 2 for N = 3.',
    ),
  prematureAlarm: z
    .enum(['evaluation-range', 'evaluation-periods'])
    .default('evaluation-range')
    .describe(
      'Where an alarm with only breaching datapoints, and fewer than M, looks for one that is old enough to make it ALARM: in its whole evaluation range, or in its N periods.',
    ),
  tooFewDatapoints: z
    .enum(['retained', 'insufficient-data'])
    .default('retained')
    .describe(
      'State of an alarm that has only breaching datapoints, fewer than M, and none old enough: the one before, or INSUFFICIENT_DATA.',
    ),
  neededCount: z
    .enum(['of-the-period', 'now'])
    .default('of-the-period')
    .describe(
      'The running count that target tracking multiplies its metric by: that of the datapoint’s own period, or that of the evaluation.',
    ),
  trackedValue: z
    .enum(['newest', 'average'])
    .default('newest')
    .describe(
      'What target tracking works the needed count out from: the newest datapoint, or the average over those that its alarm looks at.',
    ),
  warmingInstances: z
    .enum(['credited', 'measured'])
    .default('credited')
    .describe(
      'A scale-out of target tracking while instances warm up: worked out from the warm ones, with the others credited, or from all that run.',
    ),
  predictFlapping: z
    .boolean()
    .default(true)
    .describe(
      'Declines a scale-in after which metric x n / n′ would be above the target again (AutoScalingAnticipatedFlapping).',
    ),
  scaleInDuringScaleOutCooldown: z
    .enum(['refused', 'allowed'])
    .default('refused')
    .describe('Whether a scale-in may start while a scale-out cooldown runs.'),
  forecastPercentile: z
    .int()
    .min(50)
    .max(99)
    .default(50)
    .describe(
      'What predictive scaling forecasts for an hour: this percentile of the same hour on like days before. 50 is the median; more has more capacity ready, and costs more.',
    ),
  managedScaleInPercent: percent()
    .default(50)
    .describe(
      'Most instances that managed scaling of a capacity provider gives up a minute, percent of those there are; rounded down, and at least one.',
    ),
});
