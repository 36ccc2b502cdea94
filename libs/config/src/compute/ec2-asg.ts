import * as z from 'zod';
import type { Problem } from '../configuration-error.ts';
import type { Compute, Environment } from '../environment.ts';
import { refuse } from '../errors/error-rule.ts';
import { refuseName } from '../errors/reserved-name.ts';
import { wholeSeconds } from '../schema/fields.ts';
import type { ComputeKind } from './compute-kind.ts';
import { cpuCreditsOf, cpuCreditsSchema, instanceTypeNames, instanceTypes } from './instance-types.ts';
import { hibernationRoom, warmPoolSchema } from './warm-pool.ts';

const instanceRefreshSchema = z
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
    scaleInProtectedInstances: z
      .enum(['Wait', 'Refresh', 'Ignore'])
      .default('Wait')
      .describe(
        'What a refresh does about instances that are protected from scale-in: waits an hour for their protection to be taken off, and fails; replaces them all the same; or leaves them on the previous version. The default is that of the API; the console and the AWS provider of Terraform take Ignore.',
      ),
  })
  .prefault({});

export const ec2AsgSchema = z.strictObject({
  kind: z.literal('ec2-asg').describe('One EC2 instance of an Auto Scaling group per unit of capacity.'),
  instanceType: z.enum(instanceTypeNames).default('t3.micro').describe('EC2 instance type.'),
  cpuCredits: cpuCreditsSchema,
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
  instanceRefresh: instanceRefreshSchema,
  protectFromScaleIn: z
    .boolean()
    .default(false)
    .describe(
      'Protects new instances from scale-in until their protection is taken off one by one: desired capacity falls, and they stay.',
    ),
  warmPool: warmPoolSchema,
  sshFromCidr: z
    .string()
    .regex(
      /^(10\.(25[0-5]|2[0-4]\d|1?\d?\d)|172\.(1[6-9]|2\d|3[01])|192\.168)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){2}\/(1[6-9]|2\d|3[0-2])$/,
      'must be a private IPv4 range of 16 to 32 bits, such as 10.8.0.0/24 of a VPN: instances have no public address, so nobody comes from one',
    )
    .nullable()
    .default(null)
    .describe(
      'Private addresses that may use SSH, such as those of a VPN; null allows none. Session Manager needs none.',
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

/** EC2’s metrics come every minute at best. */
const resolution = ({ monitoring: { resolutionSeconds } }: Environment): readonly Problem[] =>
  resolutionSeconds === 60
    ? []
    : refuse(
        'TL-CONFIG-INSTANCE-METRIC',
        'monitoring.resolutionSeconds',
        `got ${resolutionSeconds}; EC2 publishes CPUUtilization every 60 s at best. Set it to 60`,
      );

/** One process of a group sets off policies, whatever their direction: AlarmNotification (EC2 Auto Scaling guide, suspend processes). */
const oneDirection = ({ scaling: { suspendedState } }: Environment): readonly Problem[] => {
  const { dynamicScalingInSuspended: inwards, dynamicScalingOutSuspended: out } = suspendedState;
  return inwards === out
    ? []
    : refuse(
        'TL-CONFIG-SUSPENDED-DIRECTION',
        'scaling.suspendedState',
        `got dynamicScalingInSuspended ${inwards} and dynamicScalingOutSuspended ${out}; an Auto Scaling group suspends both together (AlarmNotification). Set both to the same, or scaleInEnabled of a policy to false`,
      );
};

/** The endpoint belongs to ECS’s agent, which knows tasks. */
const taskProtection = ({ container: { scaleInProtection } }: Environment): readonly Problem[] =>
  scaleInProtection.enabled
    ? refuse(
        'TL-CONFIG-TASK-PROTECTION',
        'container.scaleInProtection.enabled',
        'got true with compute.kind ec2-asg: ECS protects tasks, and instances that run the backend themselves are none. Set it to false, and compute.protectFromScaleIn to true where instances are to be protected',
      )
    : [];

/** At most 100 above the minimum (EC2 Auto Scaling API reference, RefreshPreferences). */
const refreshBounds = ({
  instanceRefresh: { minimumHealthyPercent, maximumHealthyPercent },
}: Compute<'ec2-asg'>): readonly Problem[] =>
  maximumHealthyPercent - minimumHealthyPercent <= 100
    ? []
    : refuse(
        'TL-CONFIG-INSTANCE-REFRESH',
        'compute.instanceRefresh',
        `maximumHealthyPercent may be at most 100 above minimumHealthyPercent; got ${minimumHealthyPercent} and ${maximumHealthyPercent}. Raise the first to ${maximumHealthyPercent - 100}, or lower the second to ${minimumHealthyPercent + 100}`,
      );

/** Time from the end of an instance’s application until the unit of its user data starts it again (systemd’s RestartSec). */
export const applicationRestartSeconds = 5;

export const ec2Asg: ComputeKind<'ec2-asg'> = {
  label: 'instances',
  unit: 'instance',
  fleet: 'group',
  hasInstances: true,
  hasContainerHealthCheck: false,
  hasPublicAddresses: false,
  targetType: 'instance',
  // Instances read their configuration from `ssm`, and Session Manager reaches them by `ssmmessages` (agents since 3.3.40
  // do without `ec2messages`). Packages of Amazon Linux 2023 come from S3, by its gateway endpoint.
  interfaceEndpoints: ['ssm', 'ssmmessages'],
  utilisationNamespace: 'AWS/EC2',
  releases: ['rolling'],
  // Instances boot, warm up and drain, where tasks start and stop.
  rolloutSeconds: 2700,
  absentAssumptions: [
    'TL-ASSUME-TASK-START',
    'TL-ASSUME-TASK-EXIT',
    'TL-ASSUME-INSTANCE-MEMORY',
    'TL-ASSUME-SCALE-IN-IN-COOLDOWN',
    'TL-ASSUME-MANAGED-SCALE-IN',
    'TL-ASSUME-RESERVATION',
  ],
  capacity: (compute, { assumptions, capacity }) => {
    const {
      instanceType,
      warmupSeconds,
      protectFromScaleIn,
      warmPool,
      instanceRefresh,
      hostPort,
      sshFromCidr,
    } = compute;
    const { vcpus, memoryMiB, architecture } = instanceTypes[instanceType];
    return {
      summary: `instance ${instanceType}`,
      unit: { cpuUnits: assumptions.instanceCpuUnits, memoryMiB, architecture },
      cpuUnitsAtAws: vcpus * 1024,
      highestCpuPercent: 100,
      mostUnits: capacity.max,
      instanceType,
      cpuCredits: cpuCreditsOf(compute),
      containerInstances: null,
      instancesAtRest: null,
      warmupSeconds,
      protectedFromScaleIn: protectFromScaleIn,
      warmPool,
      instanceRefresh,
      hostPort,
      sshFromCidr,
    };
  },
  errors: (compute, environment) => [
    ...refreshBounds(compute),
    ...hibernationRoom(compute),
    ...resolution(environment),
    ...oneDirection(environment),
    ...taskProtection(environment),
    // Systems Manager API reference, PutParameter, Name; the slash that begins a path does not count.
    ...refuseName(environment, {
      rule: 'a parameter’s path must not begin with aws or ssm',
      refused: /^\/(aws|ssm)/,
      names: ({ parameterPath }) => [parameterPath],
    }),
  ],
};
