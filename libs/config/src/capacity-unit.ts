import type { Environment } from './environment.ts';
import { instanceTypes } from './instance-types.ts';

/** What one unit of capacity (a task, or an instance) is given. */
export interface CapacityUnit {
  /** CPU that utilisation is measured against; 1024 is one vCPU. */
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly architecture: 'X86_64' | 'ARM64';
}

/**
 * The size of one unit of capacity, as the twin and the simulator execute it. An instance counts with
 * `assumptions.instanceCpuUnits`, not with its vCPUs: one machine has not the cores of a fleet.
 */
export function capacityUnit({
  compute,
  assumptions,
}: Pick<Environment, 'compute' | 'assumptions'>): CapacityUnit {
  switch (compute.kind) {
    case 'fargate':
      return compute;
    case 'ecs-ec2': {
      const { cpuUnits, memoryMiB, instanceType } = compute;
      return { cpuUnits, memoryMiB, architecture: instanceTypes[instanceType].architecture };
    }
    case 'ec2-asg': {
      const { memoryMiB, architecture } = instanceTypes[compute.instanceType];
      return { cpuUnits: assumptions.instanceCpuUnits, memoryMiB, architecture };
    }
  }
}
