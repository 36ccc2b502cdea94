import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import type { EnvironmentInput } from '../environment.ts';
import { environmentErrors } from '../errors/environment-errors.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { capacityFacts } from './compute-kinds.ts';
import { type WarmPool, launchHookSeconds, warmPoolSize } from './warm-pool.ts';

type WarmPoolInput = NonNullable<Extract<EnvironmentInput['compute'], { kind: 'ec2-asg' }>['warmPool']>;

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
  test.each<readonly [pool: WarmPoolInput, desired: number, max: number, size: number]>([
    // The two examples of the EC2 Auto Scaling guide, warm pool size.
    [{}, 6, 10, 4],
    [{ maxGroupPreparedCapacity: 8 }, 6, 20, 2],
    // API reference, PutWarmPool: 0 above the prepared capacity unless there is a minimum; absolute where both are one value.
    [{ maxGroupPreparedCapacity: 8 }, 9, 20, 0],
    [{ maxGroupPreparedCapacity: 8, minSize: 1 }, 9, 20, 1],
    [{ maxGroupPreparedCapacity: 3, minSize: 3 }, 0, 20, 3],
    [{ maxGroupPreparedCapacity: 3, minSize: 3 }, 20, 20, 3],
    [{}, 10, 10, 0],
  ])('of %j at %i of %i is %i', (pool, desired, max, size) => {
    expect(warmPoolSize(poolOf(pool), { desired, max })).toBe(size);
  });
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
