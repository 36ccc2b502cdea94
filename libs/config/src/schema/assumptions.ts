import { z } from 'zod';
import { percent } from './fields.ts';

/** What AWS does not publish. Each value is a model, named in every report; defaults reproduce the published calibration points. */
export const assumptionsSchema = z.strictObject({
  metricLagSeconds: z
    .number()
    .min(0)
    .max(600)
    .optional()
    .describe(
      'Time from the end of a metric period until an alarm sees its datapoint. Default: 150 at 60 s resolution, 16 at 20 s.',
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
  instanceCpuUnits: z
    .int()
    .min(128)
    .max(16_384)
    .default(256)
    .describe(
      'CPU units that stand for one whole EC2 instance on one machine, which has not the cores of a fleet; utilisation is measured against them.',
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
  managedScaleInPercent: percent()
    .default(50)
    .describe(
      'Most instances that managed scaling of a capacity provider gives up a minute, percent of those there are; rounded down, and at least one.',
    ),
});
