import { z } from 'zod';
import { instanceTypeNames } from '../instance-types.ts';
import { wholeSeconds } from './fields.ts';

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

const instanceRefresh = z
  .strictObject({
    minimumHealthyPercent: z
      .int()
      .min(0)
      .max(100)
      .default(100)
      .describe('Share of desired that stays healthy and in service while instances are replaced.'),
    maximumHealthyPercent: z
      .int()
      .min(100)
      .max(200)
      .default(200)
      .describe('Share of desired that may exist meanwhile; AWS allows at most 100 above the minimum.'),
    autoRollback: z
      .boolean()
      .default(true)
      .describe('Returns to the previous launch template when a refresh fails.'),
  })
  .prefault({});

const ec2Asg = z.strictObject({
  kind: z.literal('ec2-asg').describe('One EC2 instance of an Auto Scaling group per unit of capacity.'),
  instanceType: z.enum(instanceTypeNames).default('t3.micro').describe('EC2 instance type.'),
  hostPort: z
    .int()
    .min(1)
    .max(65_535)
    .default(80)
    .describe('Port of the instance that leads to the container’s port (the target port).'),
  rootVolumeGiB: z.int().min(8).max(1024).default(8).describe('Size of the encrypted root volume.'),
  warmupSeconds: wholeSeconds(0, 3600)
    .default(300)
    .describe(
      'Time after an instance is in service until its metrics count; scale-in waits for it, and it takes the place of cooldowns.',
    ),
  instanceRefresh,
  sshFromCidr: z
    .string()
    .regex(
      /^(10\.(25[0-5]|2[0-4]\d|1?\d?\d)|172\.(1[6-9]|2\d|3[01])|192\.168)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){2}\/(1[6-9]|2\d|3[0-2])$/,
      'must be a private IPv4 range of 16 to 32 bits, such as 10.8.0.0/24 of a VPN: instances have no public address, so nobody comes from one',
    )
    .nullable()
    .default(null)
    .describe(
      'Private addresses that may use SSH, such as those of a VPN; null allows nobody. Session Manager needs none.',
    ),
  keyName: z
    .string()
    .regex(/^[!-~]([ -~]{0,253}[!-~])?$/, 'must be the name of an EC2 key pair')
    .nullable()
    .default(null)
    .describe(
      'EC2 key pair of the Region that SSH takes; null is none, and EC2 Instance Connect gives a key for a minute.',
    ),
});

const ecsEc2 = z.strictObject({
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
    .describe('Time after a launch in which the instance is not counted on by managed scaling.'),
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

/** Where tasks run. Further kinds join as members of this union. */
export const computeSchema = z.discriminatedUnion('kind', [fargate, ec2Asg, ecsEc2]);
