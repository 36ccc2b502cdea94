/** What the instance type gives, as the EC2 instance type tables list it. */
export interface InstanceSize {
  readonly vcpus: number;
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
  't2.micro': { vcpus: 1, memoryMiB: 1024, registeredMemoryMiB: 900, architecture: 'X86_64' },
  't2.small': { vcpus: 1, memoryMiB: 2048, registeredMemoryMiB: 1900, architecture: 'X86_64' },
  't2.medium': { vcpus: 2, memoryMiB: 4096, registeredMemoryMiB: 3800, architecture: 'X86_64' },
  't3.micro': { vcpus: 2, memoryMiB: 1024, registeredMemoryMiB: 900, architecture: 'X86_64' },
  't3.small': { vcpus: 2, memoryMiB: 2048, registeredMemoryMiB: 1900, architecture: 'X86_64' },
  't3.medium': { vcpus: 2, memoryMiB: 4096, registeredMemoryMiB: 3800, architecture: 'X86_64' },
  't3.large': { vcpus: 2, memoryMiB: 8192, registeredMemoryMiB: 7600, architecture: 'X86_64' },
  't4g.micro': { vcpus: 2, memoryMiB: 1024, registeredMemoryMiB: 900, architecture: 'ARM64' },
  't4g.small': { vcpus: 2, memoryMiB: 2048, registeredMemoryMiB: 1900, architecture: 'ARM64' },
  't4g.medium': { vcpus: 2, memoryMiB: 4096, registeredMemoryMiB: 3800, architecture: 'ARM64' },
  't4g.large': { vcpus: 2, memoryMiB: 8192, registeredMemoryMiB: 7600, architecture: 'ARM64' },
} as const satisfies Record<string, InstanceSize>;

export type InstanceType = keyof typeof instanceTypes;

export const instanceTypeNames = Object.keys(instanceTypes) as [InstanceType, ...InstanceType[]];
