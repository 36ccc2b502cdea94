import * as z from 'zod';
import { refuse } from '../errors/error-rule.ts';
import { refuseName } from '../errors/reserved-name.ts';
import { wholeSeconds } from '../schema/fields.ts';
import type { ComputeKind } from './compute-kind.ts';
import { hostSize, instancesAtRest, tasksPerInstance } from './container-instance.ts';
import { cpuCreditsOf, cpuCreditsSchema, instanceTypeNames, instanceTypes } from './instance-types.ts';

/** Instances that managed scaling launches at one time (Amazon ECS API reference, ManagedScaling). */
const scalingStepSize = z.int().min(1).max(10_000);

export const ecsEc2Schema = z.strictObject({
  kind: z
    .literal('ecs-ec2')
    .describe(
      'ECS tasks on EC2 instances, which a capacity provider launches and drains as tasks need them.',
    ),
  cpuUnits: z
    .int()
    .min(128)
    .max(10_240)
    .default(256)
    .describe('CPU units reserved for a task; 1024 is one vCPU. Utilisation is measured against it.'),
  memoryMiB: z.int().min(6).max(122_880).default(512).describe('Memory of a task: its hard limit.'),
  instanceType: z.enum(instanceTypeNames).default('t2.small').describe('EC2 instance type.'),
  cpuCredits: cpuCreditsSchema,
  instances: z
    .strictObject({
      min: z.int().min(0).max(500).default(1).describe('Fewest instances.'),
      max: z.int().min(1).max(500).default(3).describe('Most instances; tasks that need more wait.'),
    })
    .prefault({}),
  targetCapacityPercent: z
    .int()
    .min(1)
    .max(100)
    .default(100)
    .describe('CapacityProviderReservation that managed scaling holds; below 100 keeps spare instances.'),
  instanceWarmupSeconds: wholeSeconds(0, 10_000)
    .default(300)
    .describe(
      'Time after a launch in which managed scaling launches and gives up no other instance (instanceWarmupPeriod).',
    ),
  minimumScalingStepSize: scalingStepSize
    .default(1)
    .describe('Fewest instances that managed scaling launches at one time; scale-in does not know it.'),
  maximumScalingStepSize: scalingStepSize
    .default(10_000)
    .describe('Most instances that managed scaling launches at one time; scale-in does not know it.'),
  taskPerInstance: z
    .boolean()
    .default(false)
    .describe('Constraint distinctInstance: no two tasks of the service share an instance.'),
  reservedMemoryMiB: z
    .int()
    .min(0)
    .max(4096)
    .default(64)
    .describe('Memory of an instance that is kept from tasks (ECS_RESERVED_MEMORY).'),
  rootVolumeGiB: z.int().min(30).max(1024).default(30).describe('Size of the encrypted root volume.'),
});

export const ecsEc2: ComputeKind<'ecs-ec2'> = {
  label: 'tasks on instances',
  unit: 'task',
  fleet: 'service',
  hasInstances: true,
  hasContainerHealthCheck: true,
  // A task behind an instance’s bridge has no address of its own that could be private.
  hasPublicAddresses: true,
  targetType: 'instance',
  interfaceEndpoints: [],
  utilisationNamespace: 'AWS/ECS',
  releases: ['rolling'],
  // A task may wait for an instance to boot.
  rolloutSeconds: 1800,
  absentAssumptions: [
    'TL-ASSUME-INSTANCE-CPU',
    'TL-ASSUME-FAILED-LAUNCH',
    'TL-ASSUME-WARM-START',
    'TL-ASSUME-WARM-UP',
    'TL-ASSUME-REFRESH-FAILURE',
  ],
  capacity: (compute, { capacity }) => {
    const { cpuUnits, memoryMiB, instanceType } = compute;
    return {
      summary: `task, ${cpuUnits} CPU units, ${memoryMiB} MiB, on ${instanceType}`,
      unit: { cpuUnits, memoryMiB, architecture: instanceTypes[instanceType].architecture },
      cpuUnitsAtAws: cpuUnits,
      // A task is guaranteed what it reserves, and may burst to all of the instance (Amazon ECS guide, best practices for task sizes).
      highestCpuPercent: (hostSize(compute).cpuUnits / cpuUnits) * 100,
      mostUnits: Math.min(capacity.max, compute.instances.max * tasksPerInstance(compute)),
      instanceType,
      cpuCredits: cpuCreditsOf(compute),
      containerInstances: compute,
      instancesAtRest: instancesAtRest(compute, capacity),
      warmupSeconds: null,
      protectedFromScaleIn: false,
      warmPool: null,
      instanceRefresh: null,
      hostPort: 0,
      sshFromCidr: null,
    };
  },
  errors: (compute, environment) => {
    const { instanceType, instances, cpuUnits, memoryMiB } = compute;
    const { minimumScalingStepSize: fewest, maximumScalingStepSize: most } = compute;
    const size = hostSize(compute);
    return [
      ...(instances.min <= instances.max
        ? []
        : refuse(
            'TL-CONFIG-INSTANCE-BOUNDS',
            'compute.instances',
            `min must be at most max; got min ${instances.min}, max ${instances.max}. Lower min to ${instances.max}, or raise max to ${instances.min}`,
          )),
      ...(fewest <= most
        ? []
        : refuse(
            'TL-CONFIG-SCALING-STEP-SIZE',
            'compute.minimumScalingStepSize',
            `must be at most maximumScalingStepSize; got ${fewest}, and ${most}. Lower it to ${most}, or raise maximumScalingStepSize to ${fewest}`,
          )),
      // Tasks that can never be placed would wait for ever.
      ...(cpuUnits <= size.cpuUnits && memoryMiB <= size.memoryMiB
        ? []
        : refuse(
            'TL-CONFIG-INSTANCE-ROOM',
            'compute',
            `a task of ${cpuUnits} CPU units and ${memoryMiB} MiB has no room on a ${instanceType}, which gives tasks ${size.cpuUnits} CPU units and ${size.memoryMiB} MiB. Make the task smaller, or choose a larger instanceType`,
          )),
      // ECS API reference, CreateCapacityProvider, name.
      ...refuseName(environment, {
        rule: 'a capacity provider’s name must not begin with aws, ecs or fargate',
        refused: /^(aws|ecs|fargate)/,
        names: ({ capacityProvider }) => [capacityProvider],
      }),
    ];
  },
};
