import * as z from 'zod';
import { cpuSchema, cpuTargetSchema } from './cpu.ts';
import { customSchema, customTargetSchema } from './custom.ts';
import { memorySchema, memoryTargetSchema } from './memory.ts';
import { requestsPerTargetSchema, requestsPerTargetTargetSchema } from './requests-per-target.ts';
import { responseTimeSchema, responseTimeTargetSchema } from './response-time.ts';
import { sumSchema, sumTargetSchema } from './sum.ts';

/** A metric by its meaning, without a target. Used by step policies. */
export const metricSchema = z.discriminatedUnion('kind', [
  requestsPerTargetSchema,
  cpuSchema,
  memorySchema,
  responseTimeSchema,
  customSchema,
  sumSchema,
]);

/** A metric together with the value to hold, in the metric’s own unit. */
export const targetSchema = z.discriminatedUnion('kind', [
  requestsPerTargetTargetSchema,
  cpuTargetSchema,
  memoryTargetSchema,
  responseTimeTargetSchema,
  customTargetSchema,
  sumTargetSchema,
]);
