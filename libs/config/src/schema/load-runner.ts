import * as z from 'zod';
import { fargateCpuUnits, fargateMemory } from '../compute/fargate.ts';

/** The one-off task that drives load from inside AWS. */
export const loadRunnerSchema = z.strictObject({
  cpuUnits: fargateCpuUnits
    .default(1024)
    .describe('CPU units of the task; a generator that lacks CPU shows latency of its own.'),
  containerInsights: z
    .boolean()
    .default(false)
    .describe(
      'Container Insights of the cluster that only the load runner’s task uses, where instances run the backend themselves (compute.kind ec2-asg). A cluster of a service always has them: its count of tasks comes from there.',
    ),
  memoryMiB: fargateMemory.default(2048).describe('Memory of the task; Fargate offers a range per CPU size.'),
});
