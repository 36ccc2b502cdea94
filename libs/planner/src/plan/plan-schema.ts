import type { DeepReadonly, ScalingPolicy } from '@tideline/config';
import { elasticitySchema } from '@tideline/evidence';
import * as z from 'zod';
import { capacitySchema } from '../capacity/capacity.ts';
import type { PolicyInput } from '../families/family.ts';

export const planVersion = 1;

const count = z.int().min(0);
const seconds = z.number().min(0);

export const remarkSchema = z.strictObject({
  code: z.string().describe('Stable: TL-TRACE-…, TL-PLAN-…, TL-CAPACITY-…, TL-WARN-….'),
  message: z.string(),
});

export const partFiguresSchema = z
  .strictObject({
    elasticity: elasticitySchema,
    requestsAboveCapacity: elasticitySchema.shape.aboveCapacity,
    cost: z.strictObject({
      computeUsdPerMonth: z
        .number()
        .min(0)
        .describe('USD a month of what runs the service, at the average number of units.'),
      totalUsdPerMonth: z
        .number()
        .min(0)
        .describe('USD a month of everything, at that average and the mean rate.'),
    }),
    averageUnits: z
      .number()
      .min(0)
      .describe('Units that are billed, on average: those that run, start or wait.'),
    peakUnits: count,
    scaleEvents: count.describe('Moves of the desired count.'),
  })
  .describe('What a policy came to over a stretch of the trace.');

const settingsSchema = z
  .strictObject({
    capacity: z.strictObject({ min: count, max: count, desired: count }),
    scaling: z.strictObject({ policies: z.array(z.custom<PolicyInput | ScalingPolicy>()) }),
  })
  .describe('Bounds and policies, as a description takes them.');

const entrySchema = z.strictObject({
  name: z.string(),
  settings: settingsSchema,
  fitted: partFiguresSchema,
  heldOut: partFiguresSchema,
  worstDay: partFiguresSchema,
});

const limit = (schema: z.ZodNumber, meaning: string) =>
  schema.nullable().describe(`${meaning}; null where the user said nothing.`);

/** What `tideline plan --json` prints. */
export const planDocumentSchema = z.strictObject({
  schemaVersion: z.literal(planVersion),
  preset: z.string(),
  unit: capacitySchema.shape.unit,
  trace: z.strictObject({
    name: z.string(),
    startedAt: z.iso.datetime(),
    stepSeconds: z.number().positive(),
    days: z.number().positive(),
    meanRequestsPerSecond: z.number().min(0),
    peakRequestsPerSecond: z.number().min(0),
  }),
  capacity: capacitySchema
    .pick({ source: true, unit: true, requestsPerSecond: true, objective: true })
    .strict(),
  split: z.strictObject({ fittedSeconds: seconds, heldOutSeconds: seconds }),
  limits: z.strictObject({
    maxShortPercent: limit(z.number().min(0).max(100), 'Most requests above capacity, percent of all'),
    budgetUsdPerMonth: limit(z.number().positive(), 'Most that the units may cost, USD a month'),
    maxUnits: limit(z.int().min(1), 'Most units that may run'),
  }),
  search: z.strictObject({
    seed: count,
    candidates: count.describe('Policies that were tried.'),
    wallSeconds: seconds,
    stoppedEarly: z.boolean().describe('The time ended the search.'),
  }),
  choice: z
    .enum([
      ...(['cheapest-within-limits', 'best-within-budget', 'nearest-to-limits'] as const),
      ...(['nearest-to-budget', 'best-within-maximum'] as const),
      ...(['cheaper', 'safer', 'better', 'enough', 'keep'] as const),
    ])
    .describe('Why the recommended policy was chosen; keep is the one of now.'),
  current: entrySchema,
  recommended: entrySchema,
  front: z
    .array(entrySchema)
    .describe('Cost against requests above capacity on the fitted part, cheapest first.'),
  worstDay: z.iso
    .date()
    .describe('Calendar day, UTC, with the most requests above capacity under the policy of now.'),
  sensitivity: z.array(
    z.strictObject({
      condition: z.strictObject({
        name: z.string(),
        capacityFactor: z.number().positive(),
        loadFactor: z.number().positive(),
        startSeconds: seconds,
      }),
      current: partFiguresSchema,
      recommended: partFiguresSchema,
    }),
  ),
  notTried: z
    .array(z.strictObject({ family: z.string(), reason: z.string() }))
    .describe('Kinds of policies that were not tried, and why.'),
  remarks: z.array(remarkSchema),
});

export type PartFigures = DeepReadonly<z.infer<typeof partFiguresSchema>>;
export type PlanSettings = DeepReadonly<z.infer<typeof settingsSchema>>;
export type PlanEntry = DeepReadonly<z.infer<typeof entrySchema>>;
export type PlanDocument = DeepReadonly<z.infer<typeof planDocumentSchema>>;
