import * as z from 'zod';

const count = z.int().min(0);

/**
 * What ends a target: the process of a task, the application of an instance that its unit starts again, the instance below, or
 * the zone around it.
 */
const faultSchema = z.enum(['task-exit', 'application-exit', 'instance-loss', 'zone-loss']);
export type FaultName = z.infer<typeof faultSchema>;

/** What one kind of fault cost clients, from the moment it happened until the last request to a dead target had ended. */
export const faultCostSchema = z.object({
  fault: faultSchema,
  onPurpose: z
    .boolean()
    .describe(
      'Asked for through the control API, and not the target’s own doing: only such a cost is excused.',
    ),
  targets: count.describe('Targets that it ended.'),
  lost: z
    .record(z.string(), count)
    .describe(
      'Requests lost, by the kind of failure that the client sees: http-502, http-504, timeout, connection; and WebSockets cut.',
    ),
});
export type FaultCost = z.infer<typeof faultCostSchema>;
