import * as z from 'zod';
import { predictiveSchema } from './predictive.ts';
import { scheduledSchema } from './scheduled.ts';
import { stepSchema } from './step.ts';
import { targetTrackingSchema } from './target-tracking.ts';

/** One scaling policy; an environment has a list of them. */
export const scalingPolicySchema = z.discriminatedUnion('type', [
  targetTrackingSchema,
  stepSchema,
  scheduledSchema,
  predictiveSchema,
]);
