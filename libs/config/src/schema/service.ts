import * as z from 'zod';

const taskCount = z.int().min(0).max(5000);

/** Bounds of the service’s task count, the scalable target. */
export const capacitySchema = z.strictObject({
  min: taskCount.default(1).describe('Fewest tasks that scaling may leave.'),
  max: taskCount.default(4).describe('Most tasks that scaling may reach.'),
  desired: taskCount.default(1).describe('Task count at the first deployment; afterwards scaling owns it.'),
});

/** Rolling deployments of the service; a release of kind blue-green takes none of it. */
export const deploymentSchema = z.strictObject({
  minimumHealthyPercent: z
    .int()
    .min(0)
    .max(100)
    .default(100)
    .describe('Share of desired that stays healthy during a deployment, rounded up.'),
  maximumPercent: z
    .int()
    .min(100)
    .max(400)
    .default(200)
    .describe('Share of desired that may exist during a deployment, rounded down.'),
  circuitBreaker: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Fails a deployment whose tasks keep failing.'),
      rollback: z
        .boolean()
        .default(true)
        .describe('Returns to the last completed deployment when one fails.'),
    })
    .prefault({}),
  availabilityZoneRebalancing: z
    .boolean()
    .default(true)
    .describe('Moves tasks from full to empty Availability Zones; not with maximumPercent 100.'),
});
