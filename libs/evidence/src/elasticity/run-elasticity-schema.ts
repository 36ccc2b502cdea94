import * as z from 'zod';
import { elasticitySchema } from './elasticity.ts';

/** What one unit carries at the objective, and how that is known. */
const unitCapacitySchema = z.object({
  requestsPerSecond: z.number().positive(),
  source: z
    .enum(['measured', 'cloudwatch', 'given', 'target'])
    .describe('`target`: nobody measured it, and a policy’s target of requests per unit is taken for it.'),
});
export type UnitCapacity = z.infer<typeof unitCapacitySchema>;

/** Elasticity of a run, over the time of its load. */
export const runElasticitySchema = elasticitySchema.extend({
  capacitySource: unitCapacitySchema.shape.source,
  unitHoursAfterLoad: z
    .number()
    .min(0)
    .describe('Units supplied times hours from the end of the load to the end of the run.'),
  unitHourUsd: z
    .number()
    .min(0)
    .optional()
    .describe('List price of one unit for an hour, USD; left out where it is not known.'),
});
export type RunElasticity = z.infer<typeof runElasticitySchema>;
