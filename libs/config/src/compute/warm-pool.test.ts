import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import type { EnvironmentInput } from '../environment.ts';
import { environmentErrors } from '../errors/environment-errors.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { capacityFacts } from './compute-kinds.ts';
import { type WarmPool, launchHookSeconds, warmPoolSize } from './warm-pool.ts';

type ComputeInput = Omit<Extract<EnvironmentInput['compute'], { kind: 'ec2-asg' }>, 'kind'>;
type WarmPoolInput = NonNullable<ComputeInput['warmPool']>;

const environmentWith = (warmPool: WarmPoolInput, over: Partial<EnvironmentInput> = {}) =>
  resolveEnvironment(
    description({
      compute: { kind: 'ec2-asg', warmPool },
      capacity: { min: 2, max: 10, desired: 2 },
      ...over,
    }),
  );

function poolOf(warmPool: WarmPoolInput): WarmPool {
  const facts = capacityFacts(environmentWith(warmPool));
  if (facts.warmPool === null) throw new Error('the group has a warm pool');
  return facts.warmPool;
}

describe('the size of a warm pool', () => {
  test.each<{ pool: WarmPoolInput; desired: number; max: number; size: number }>([
    // The two examples of the EC2 Auto Scaling guide, warm pool size.
    { pool: {}, desired: 6, max: 10, size: 4 },
    { pool: { maxGroupPreparedCapacity: 8 }, desired: 6, max: 20, size: 2 },
    // API reference, PutWarmPool: 0 above the prepared capacity unless there is a minimum; absolute where both are one value.
    { pool: { maxGroupPreparedCapacity: 8 }, desired: 9, max: 20, size: 0 },
    { pool: { maxGroupPreparedCapacity: 8, minSize: 1 }, desired: 9, max: 20, size: 1 },
    { pool: { maxGroupPreparedCapacity: 3, minSize: 3 }, desired: 0, max: 20, size: 3 },
    { pool: { maxGroupPreparedCapacity: 3, minSize: 3 }, desired: 20, max: 20, size: 3 },
    { pool: {}, desired: 10, max: 10, size: 0 },
  ])('of $pool at $desired of $max is $size', ({ pool, desired, max, size }) => {
    expect(warmPoolSize(poolOf(pool), { desired, max })).toBe(size);
  });
});

const bounds = { min: 2, max: 10, desired: 2 };

test.each<readonly [what: string, message: RegExp, compute: ComputeInput & { capacity?: typeof bounds }]>([
  [
    'a pool beside a group that fills its prepared capacity at its minimum',
    /TL-CONFIG-WARM-POOL-EMPTY compute\.warmPool: .*maxGroupPreparedCapacity 2 leaves none beyond capacity\.min 2/,
    { warmPool: { maxGroupPreparedCapacity: 2 } },
  ],
  [
    'a pool beside a group that never scales',
    /TL-CONFIG-WARM-POOL-EMPTY compute\.warmPool: .*capacity\.max 2 leaves none.* Raise capacity\.max to 3, or minSize to 1/,
    { warmPool: {}, capacity: { min: 2, max: 2, desired: 2 } },
  ],
  [
    'hibernation on a volume without room for the memory',
    /TL-CONFIG-HIBERNATION-VOLUME compute\.rootVolumeGiB: got 9 .* the 2 GiB of memory of a t3\.small .* Raise it to 10/,
    { instanceType: 't3.small', rootVolumeGiB: 9, warmPool: { poolState: 'Hibernated' } },
  ],
])('is refused: %s', (_what, message, { capacity = bounds, ...compute }) => {
  const input = description({ compute: { kind: 'ec2-asg', ...compute }, capacity });
  expect(() => resolveEnvironment(input)).toThrow(message);
});

describe('a group', () => {
  test('has no warm pool unless it is described', () => {
    expect(
      capacityFacts(resolveEnvironment(description({ compute: { kind: 'ec2-asg' } }))).warmPool,
    ).toBeNull();
  });

  test('may have a pool that only a scheduled maximum makes room for', () => {
    const environment = environmentWith(
      {},
      {
        capacity: { min: 2, max: 2, desired: 2 },
        scaling: {
          policies: [
            {
              type: 'scheduled',
              name: 'sale',
              schedule: 'cron(0 7 ? * * *)',
              minCapacity: null,
              maxCapacity: 6,
            },
          ],
        },
      },
    );
    expect(environmentErrors(environment)).toEqual([]);
  });

  test('hibernates on a volume with room for its memory', () => {
    const over: Partial<EnvironmentInput> = {
      compute: { kind: 'ec2-asg', rootVolumeGiB: 9, warmPool: { poolState: 'Hibernated' } },
    };
    expect(environmentErrors(environmentWith({}, over))).toEqual([]);
  });

  test.each([
    [0, 600],
    [900, 900],
    [7200, 7200],
  ])(
    'with a grace period of %i s gives a launch %i s until its application answers',
    (gracePeriodSeconds, seconds) => {
      expect(launchHookSeconds(environmentWith({}, { healthCheck: { gracePeriodSeconds } }))).toBe(seconds);
    },
  );
});
