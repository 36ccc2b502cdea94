import { z } from 'zod';

const sizes = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);

/** Memory sizes that Fargate offers for a CPU size, in MiB (AWS Fargate task size table). */
export const fargateMemoryMiB: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: sizes(1024, 4096, 1024),
  1024: sizes(2048, 8192, 1024),
  2048: sizes(4096, 16_384, 1024),
  4096: sizes(8192, 30_720, 1024),
  8192: sizes(16_384, 61_440, 4096),
  16384: sizes(32_768, 122_880, 8192),
};

const architecture = z
  .enum(['X86_64', 'ARM64'])
  .describe('CPU architecture of the tasks; the image must be built for it.');

/** CPU sizes that Fargate offers. */
export const fargateCpuUnits = z.literal([256, 512, 1024, 2048, 4096, 8192, 16_384]);
export const fargateMemory = z.int().positive();

const fargate = z.strictObject({
  kind: z.literal('fargate').describe('One Fargate task per unit of capacity.'),
  cpuUnits: fargateCpuUnits
    .default(256)
    .describe('CPU units reserved for a task; 1024 is one vCPU. Utilisation is measured against it.'),
  memoryMiB: fargateMemory.default(512).describe('Memory of a task; Fargate offers a range per CPU size.'),
  architecture: architecture.default('X86_64'),
});

/** Where tasks run. Further kinds join as members of this union. */
export const computeSchema = z.discriminatedUnion('kind', [fargate]);
