import * as z from 'zod';

/** What the instance type gives, as the EC2 instance type tables list it. */
export interface InstanceSize {
  readonly vcpus: number;
  /** vCPUs that it may use all the time: what it earns in credits, 60 to a vCPU-hour (EC2 user guide, burstable performance instances). */
  readonly baselineVcpus: number;
  readonly memoryMiB: number;
  /**
   * Memory that its operating system sees, and so what it registers with ECS: less than the type has (Amazon ECS guide, container
   * instance memory). AWS gives a figure for m4.large alone, 7985 of 8192 MiB. Assumed for each size from what users of the
   * ECS-optimised images report, rounded down (TL-ASSUME-INSTANCE-MEMORY).
   */
  readonly registeredMemoryMiB: number;
  readonly architecture: 'X86_64' | 'ARM64';
}

/** Burstable general-purpose types: what a small web service runs on. */
export const instanceTypes = {
  't2.micro': {
    vcpus: 1,
    baselineVcpus: 0.1,
    memoryMiB: 1024,
    registeredMemoryMiB: 900,
    architecture: 'X86_64',
  },
  't2.small': {
    vcpus: 1,
    baselineVcpus: 0.2,
    memoryMiB: 2048,
    registeredMemoryMiB: 1900,
    architecture: 'X86_64',
  },
  't2.medium': {
    vcpus: 2,
    baselineVcpus: 0.4,
    memoryMiB: 4096,
    registeredMemoryMiB: 3800,
    architecture: 'X86_64',
  },
  't3.micro': {
    vcpus: 2,
    baselineVcpus: 0.2,
    memoryMiB: 1024,
    registeredMemoryMiB: 900,
    architecture: 'X86_64',
  },
  't3.small': {
    vcpus: 2,
    baselineVcpus: 0.4,
    memoryMiB: 2048,
    registeredMemoryMiB: 1900,
    architecture: 'X86_64',
  },
  't3.medium': {
    vcpus: 2,
    baselineVcpus: 0.4,
    memoryMiB: 4096,
    registeredMemoryMiB: 3800,
    architecture: 'X86_64',
  },
  't3.large': {
    vcpus: 2,
    baselineVcpus: 0.6,
    memoryMiB: 8192,
    registeredMemoryMiB: 7600,
    architecture: 'X86_64',
  },
  't4g.micro': {
    vcpus: 2,
    baselineVcpus: 0.2,
    memoryMiB: 1024,
    registeredMemoryMiB: 900,
    architecture: 'ARM64',
  },
  't4g.small': {
    vcpus: 2,
    baselineVcpus: 0.4,
    memoryMiB: 2048,
    registeredMemoryMiB: 1900,
    architecture: 'ARM64',
  },
  't4g.medium': {
    vcpus: 2,
    baselineVcpus: 0.4,
    memoryMiB: 4096,
    registeredMemoryMiB: 3800,
    architecture: 'ARM64',
  },
  't4g.large': {
    vcpus: 2,
    baselineVcpus: 0.6,
    memoryMiB: 8192,
    registeredMemoryMiB: 7600,
    architecture: 'ARM64',
  },
} as const satisfies Record<string, InstanceSize>;

export type InstanceType = keyof typeof instanceTypes;

export const instanceTypeNames = Object.keys(instanceTypes) as [InstanceType, ...InstanceType[]];

/** What an instance does beyond the CPU time that it has earned: slow down to its baseline, or go on for a price. */
export type CpuCredits = 'standard' | 'unlimited';

export const cpuCreditsSchema = z
  .enum(['standard', 'unlimited'])
  .nullable()
  .default(null)
  .describe(
    'What a burstable instance does once its CPU credits are gone: standard slows it down to the baseline of its type, unlimited goes on and sells it surplus credits. Null is what AWS launches the family with: standard for T2, unlimited for T3 and T4g.',
  );

/** The mode that instances are launched in (EC2 user guide, “unlimited mode for burstable performance instances”). */
export const cpuCreditsOf = ({
  instanceType,
  cpuCredits,
}: {
  readonly instanceType: InstanceType;
  readonly cpuCredits: CpuCredits | null;
}): CpuCredits => cpuCredits ?? (instanceType.startsWith('t2.') ? 'standard' : 'unlimited');
