import * as z from 'zod';
import type { Problem } from '../configuration-error.ts';
import { refuse } from '../errors/error-rule.ts';
import type { ComputeKind } from './compute-kind.ts';

const sizes = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);

/** Memory sizes that Fargate offers for a CPU size, in MiB (AWS Fargate task size table). */
const offeredMemoryMiB: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: sizes(1024, 4096, 1024),
  1024: sizes(2048, 8192, 1024),
  2048: sizes(4096, 16_384, 1024),
  4096: sizes(8192, 30_720, 1024),
  8192: sizes(16_384, 61_440, 4096),
  16384: sizes(32_768, 122_880, 8192),
};

/** CPU sizes that Fargate offers. */
export const fargateCpuUnits = z.literal([256, 512, 1024, 2048, 4096, 8192, 16_384]);
export const fargateMemory = z.int().positive();

export const fargateSchema = z.strictObject({
  kind: z.literal('fargate').describe('One Fargate task per unit of capacity.'),
  cpuUnits: fargateCpuUnits
    .default(256)
    .describe('CPU units reserved for a task; 1024 is one vCPU. Utilisation is measured against it.'),
  memoryMiB: fargateMemory.default(512).describe('Memory of a task; Fargate offers a range per CPU size.'),
  architecture: z
    .enum(['X86_64', 'ARM64'])
    .describe('CPU architecture of the tasks; the image must be built for it.')
    .default('X86_64'),
});

/** Refuses a size that Fargate does not offer. @param path of the field that has both sizes */
export function fargateSize(
  path: string,
  { cpuUnits, memoryMiB }: { readonly cpuUnits: number; readonly memoryMiB: number },
): readonly Problem[] {
  const offered = offeredMemoryMiB[cpuUnits] ?? [];
  if (offered.includes(memoryMiB)) return [];
  const enough = offered.find((size) => size >= memoryMiB) ?? offered.at(-1);
  return refuse(
    'TL-CONFIG-FARGATE-SIZE',
    path,
    `Fargate does not offer memoryMiB ${memoryMiB} with cpuUnits ${cpuUnits}; allowed there: ${offered.join(', ')}. Set memoryMiB to ${enough ?? 'one of them'}, or choose another cpuUnits`,
  );
}

export const fargate: ComputeKind<'fargate'> = {
  label: 'tasks',
  unit: 'task',
  fleet: 'service',
  hasInstances: false,
  hasContainerHealthCheck: true,
  hasPublicAddresses: false,
  targetType: 'ip',
  interfaceEndpoints: [],
  utilisationNamespace: 'AWS/ECS',
  releases: ['rolling', 'blue-green'],
  rolloutSeconds: 900,
  absentAssumptions: [
    'TL-ASSUME-INSTANCE-START',
    'TL-ASSUME-WARM-START',
    'TL-ASSUME-INSTANCE-MEMORY',
    'TL-ASSUME-INSTANCE-LOSS',
    'TL-ASSUME-FAILED-LAUNCH',
    'TL-ASSUME-INSTANCE-CPU',
    'TL-ASSUME-CPU-CREDITS',
    'TL-ASSUME-WARM-UP',
    'TL-ASSUME-REFRESH-FAILURE',
    'TL-ASSUME-MANAGED-SCALE-IN',
    'TL-ASSUME-RESERVATION',
  ],
  capacity: ({ cpuUnits, memoryMiB, architecture }, { capacity, container }) => ({
    summary: `Fargate task, ${cpuUnits} CPU units, ${memoryMiB} MiB`,
    unit: { cpuUnits, memoryMiB, architecture },
    cpuUnitsAtAws: cpuUnits,
    highestCpuPercent: 100,
    mostUnits: capacity.max,
    instanceType: null,
    cpuCredits: null,
    containerInstances: null,
    instancesAtRest: null,
    warmupSeconds: null,
    protectedFromScaleIn: false,
    warmPool: null,
    instanceRefresh: null,
    hostPort: container.port,
    sshFromCidr: null,
  }),
  errors: (compute) => fargateSize('compute', compute),
};
