import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextInstanceMoves, type InstanceMovesInput, type CountedInstance } from './instance-moves.ts';
import { refreshBounds } from './instance-refresh.ts';
import { instanceToTerminate } from './termination-policy.ts';

const zones = ['a', 'b', 'c'];
const instance = fc.record({
  availabilityZone: fc.constantFrom(...zones),
  createdAtSeconds: fc.nat(1000),
  templateRevision: fc.integer({ min: 1, max: 3 }),
  isCurrent: fc.boolean(),
  isHealthy: fc.boolean(),
  isWarm: fc.boolean(),
  isExtra: fc.constant(false),
  isProtected: fc.constant(false),
});
const instances = fc
  .array(instance, { maxLength: 12 })
  .map((all): CountedInstance[] => all.map((each, index) => ({ ...each, id: `i${index}` })));
const desired = fc.nat(10);
const bounds = fc.record({
  minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
  maximumHealthyPercent: fc.integer({ min: 100, max: 200 }),
  scaleInProtectedInstances: fc.constant('Wait' as const),
});

const after = (input: InstanceMovesInput): readonly CountedInstance[] => {
  const gone = new Set(nextInstanceMoves(input).terminate.map(({ id }) => id));
  return input.instances.filter(({ id }) => !gone.has(id));
};
const counts = (all: readonly { readonly availabilityZone: string }[]): number[] =>
  zones.map((zone) => all.filter(({ availabilityZone }) => availabilityZone === zone).length);

describe('without a refresh', () => {
  test('one round of moves leaves exactly the desired capacity, but for one that evens out the zones', () => {
    fc.assert(
      fc.property(instances, desired, (all, wanted) => {
        const input = { desired: wanted, instances: all, zones, refresh: null };
        const { launch } = nextInstanceMoves(input);
        const extra = launch.filter(({ why }) => why === 'rebalancing').length;
        expect(extra).toBeLessThanOrEqual(1);
        expect(after(input).length + launch.length - extra).toBe(wanted);
      }),
    );
  });

  test('nothing is launched and terminated at once', () => {
    fc.assert(
      fc.property(instances, desired, (all, wanted) => {
        const { launch, terminate } = nextInstanceMoves({
          desired: wanted,
          instances: all,
          zones,
          refresh: null,
        });
        expect(Math.min(launch.length, terminate.length)).toBe(0);
      }),
    );
  });

  test('a group that starts from nothing is even', () => {
    fc.assert(
      fc.property(desired, (wanted) => {
        const { launch } = nextInstanceMoves({ desired: wanted, instances: [], zones, refresh: null });
        const placed = counts(launch);
        expect(Math.max(...placed) - Math.min(...placed)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('in a refresh', () => {
  test('no move goes beyond the most that may exist, nor gives up a healthy one below the fewest', () => {
    fc.assert(
      fc.property(instances, desired, bounds, (all, wanted, percents) => {
        const refresh = refreshBounds(wanted, percents);
        const input = { desired: wanted, instances: all, zones, refresh };
        const { launch } = nextInstanceMoves(input);
        if (launch.length > 0)
          expect(all.length + launch.length).toBeLessThanOrEqual(Math.max(refresh.mostActive, wanted));
        const old = (each: CountedInstance): boolean => !each.isCurrent && each.isHealthy;
        const ready = ({ isCurrent, isHealthy, isWarm }: CountedInstance): boolean =>
          isCurrent && isHealthy && isWarm;
        const left = after(input);
        if (left.filter(old).length < all.filter(old).length)
          expect(left.filter(old).length + all.filter(ready).length).toBeGreaterThanOrEqual(
            refresh.fewestHealthy,
          );
      }),
    );
  });

  test('the bounds always leave room to move', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), bounds, (wanted, percents) => {
        const { fewestHealthy, mostActive } = refreshBounds(wanted, percents);
        expect(fewestHealthy < wanted || mostActive > wanted).toBe(true);
      }),
    );
  });
});

describe('the termination policy', () => {
  const of = (id: string, rest: Partial<CountedInstance>): CountedInstance => ({
    id,
    availabilityZone: 'a',
    createdAtSeconds: 0,
    templateRevision: 1,
    isCurrent: true,
    isHealthy: true,
    isWarm: true,
    isExtra: false,
    isProtected: false,
    ...rest,
  });

  test.each([
    ['one that does not serve yet', [of('x', {}), of('y', { isHealthy: false, createdAtSeconds: 9 })]],
    [
      'one in the zone with the most',
      [
        of('x', {}),
        of('y', { availabilityZone: 'b', createdAtSeconds: 5 }),
        of('z', { availabilityZone: 'b', createdAtSeconds: 6 }),
      ],
    ],
    ['the oldest launch template', [of('x', { templateRevision: 2 }), of('y', { createdAtSeconds: 9 })]],
    ['the oldest launch', [of('x', { createdAtSeconds: 9 }), of('y', {})]],
  ])('takes %s', (_what, all) => {
    expect(instanceToTerminate(all)?.id).toBe('y');
  });

  test('takes nothing from nothing', () => {
    const none: readonly CountedInstance[] = [];
    expect(instanceToTerminate(none)).toBeUndefined();
  });
});

test('an instance that is protected from scale-in is never surplus, and another goes in its stead', () => {
  fc.assert(
    fc.property(instances, desired, fc.array(fc.boolean(), { minLength: 12 }), (all, wanted, marks) => {
      const some = all.map((each, index) => ({ ...each, isProtected: marks[index] ?? false }));
      const { terminate } = nextInstanceMoves({ desired: wanted, instances: some, zones, refresh: null });
      const free = some.filter(({ isProtected }) => !isProtected).map(({ id }) => id);
      expect(free).toEqual(expect.arrayContaining(terminate.map(({ id }) => id)));
      expect(terminate).toHaveLength(Math.min(free.length, Math.max(0, all.length - wanted)));
    }),
  );
});

test('instances that are protected from scale-in are not moved to another zone, and nothing is launched for it', () => {
  const inZone = (isProtected: boolean): CountedInstance[] =>
    ['i1', 'i2'].map((id) => ({
      id,
      availabilityZone: 'a',
      createdAtSeconds: 0,
      templateRevision: 1,
      isCurrent: true,
      isHealthy: true,
      isWarm: true,
      isExtra: false,
      isProtected,
    }));
  const launched = (isProtected: boolean): number =>
    nextInstanceMoves({ desired: 2, instances: inZone(isProtected), zones, refresh: null }).launch.length;
  expect([launched(false), launched(true)]).toEqual([1, 0]);
});
