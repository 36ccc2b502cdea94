import * as z from 'zod';
import type { Problem } from '../configuration-error.ts';
import type { Compute, Environment } from '../environment.ts';
import { refuse } from '../errors/error-rule.ts';
import { instanceTypes } from './instance-types.ts';

/** AWS’s names and defaults (EC2 Auto Scaling API reference, PutWarmPool). */
export const warmPoolSchema = z
  .strictObject({
    poolState: z
      .enum(['Stopped', 'Running', 'Hibernated'])
      .default('Stopped')
      .describe(
        'State of instances in the pool. Stopped and hibernated ones cost their volumes alone, running ones as much as those in service.',
      ),
    minSize: z
      .int()
      .min(0)
      .max(5000)
      .default(0)
      .describe('Fewest instances in the pool, however high desired capacity is.'),
    maxGroupPreparedCapacity: z
      .int()
      .min(0)
      .max(5000)
      .nullable()
      .default(null)
      .describe(
        'Most instances in the pool and the group together; the pool holds what desired capacity leaves of it. Null is the maximum of the group.',
      ),
    instanceReusePolicy: z
      .strictObject({
        reuseOnScaleIn: z
          .boolean()
          .default(false)
          .describe(
            'A scale-in returns instances to the pool. False terminates them, and launches others into it.',
          ),
      })
      .prefault({}),
  })
  .nullable()
  .default(null)
  .describe(
    'Instances that have started once and wait beside the group (AWS’s warm pool); a launch takes one of them first. Null is none.',
  );

export type WarmPool = NonNullable<Compute<'ec2-asg'>['warmPool']>;

/** Instances that the pool is to hold (EC2 Auto Scaling guide, warm pool size). */
export function warmPoolSize(
  { minSize, maxGroupPreparedCapacity }: WarmPool,
  { desired, max }: { readonly desired: number; readonly max: number },
): number {
  return Math.max(minSize, (maxGroupPreparedCapacity ?? max) - desired, 0);
}

/** Longest time between two looks of an instance at what its group wants of it (its unit `lifecycle`). */
export const lifecyclePollSeconds = 5;

/** Bounds of AWS for the timeout of a lifecycle hook (API reference, PutLifecycleHook), the first one ours: an instance boots meanwhile. */
const hookSeconds = { least: 600, most: 7200 };

/** Time that an instance has until its application answers, or is given up; only where there is a warm pool. */
export const launchHookSeconds = ({ healthCheck }: Pick<Environment, 'healthCheck'>): number =>
  Math.min(hookSeconds.most, Math.max(hookSeconds.least, healthCheck.gracePeriodSeconds));

/** Amazon Linux 2023 and the image of the backend, beside the memory: the least that a root volume may have without hibernation. */
const usedGiB = 8;

/** The root volume takes what is in memory (EC2 guide, prerequisites for hibernation; every type here has less than 150 GiB). */
export function hibernationRoom({
  warmPool,
  instanceType,
  rootVolumeGiB,
}: Compute<'ec2-asg'>): readonly Problem[] {
  const memoryGiB = Math.ceil(instanceTypes[instanceType].memoryMiB / 1024);
  const neededGiB = usedGiB + memoryGiB;
  if (warmPool?.poolState !== 'Hibernated' || rootVolumeGiB >= neededGiB) return [];
  return refuse(
    'TL-CONFIG-HIBERNATION-VOLUME',
    'compute.rootVolumeGiB',
    `got ${rootVolumeGiB} with warmPool.poolState Hibernated: a root volume takes the ${memoryGiB} GiB of memory of a ${instanceType} beside ${usedGiB} GiB of its own. Raise it to ${neededGiB}, or set poolState to Stopped`,
  );
}
