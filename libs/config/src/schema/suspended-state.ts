import * as z from 'zod';

/** What of scaling is suspended, by the names of Application Auto Scaling. Alarms and metrics go on meanwhile. */
export const suspendedStateSchema = z.strictObject({
  dynamicScalingInSuspended: z
    .boolean()
    .default(false)
    .describe('Policies scale nothing in. Instances suspend both directions of policies together.'),
  dynamicScalingOutSuspended: z
    .boolean()
    .default(false)
    .describe('Policies scale nothing out. Instances suspend both directions of policies together.'),
  scheduledScalingSuspended: z
    .boolean()
    .default(false)
    .describe('Scheduled actions change no bound; one that is due meanwhile is not made up for.'),
});
