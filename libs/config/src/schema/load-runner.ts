import * as z from 'zod';
import { fargateCpuUnits, fargateMemory } from '../compute/fargate.ts';

/** The one-off task that drives load from inside AWS. */
export const loadRunnerSchema = z.strictObject({
  cpuUnits: fargateCpuUnits
    .default(1024)
    .describe('CPU units of the task; a generator that lacks CPU shows latency of its own.'),
  memoryMiB: fargateMemory.default(2048).describe('Memory of the task; Fargate offers a range per CPU size.'),
});
