import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fewestHealthy, mostActive } from './deployment.ts';
import { zoneImbalance } from '../fleet/placement.ts';
import type { CountedTask } from './counted-task.ts';
import { heldTasks, nextTaskMoves, type TaskMovesInput } from './task-moves.ts';

const zones = ['a', 'b', 'c'];

const plannedTask = (id: string, overrides: Partial<CountedTask> = {}): CountedTask => ({
  id,
  availabilityZone: 'a',
  createdAtSeconds: 0,
  current: true,
  healthy: true,
  condemned: false,
  extra: false,
  isProtected: false,
  ...overrides,
});

const input = (overrides: Partial<TaskMovesInput> = {}): TaskMovesInput => ({
  desired: 2,
  tasks: [],
  zones: ['a', 'b'],
  fewestHealthy: 2,
  mostActive: 4,
  rebalancing: true,
  ...overrides,
});

const stopIds = (moves: ReturnType<typeof nextTaskMoves>): string[] => moves.stop.map(({ id }) => id);
const startZones = (moves: ReturnType<typeof nextTaskMoves>): (string | null)[] =>
  moves.start.map(({ availabilityZone }) => availabilityZone);

describe('nextTaskMoves', () => {
  test('starts what is missing, spread over the zones', () => {
    expect(startZones(nextTaskMoves(input({ desired: 3, mostActive: 6 })))).toEqual(['a', 'b', 'a']);
  });

  test('does nothing when all is well', () => {
    const tasks = [plannedTask('1'), plannedTask('2', { availabilityZone: 'b' })];
    expect(nextTaskMoves(input({ tasks }))).toEqual({ start: [], stop: [] });
  });

  test('starts nothing where no zone takes tasks, even out of balance', () => {
    const tasks = [plannedTask('1'), plannedTask('2')];
    expect(nextTaskMoves(input({ zones: [] })).start).toEqual([]);
    expect(nextTaskMoves(input({ zones: [], tasks }))).toEqual({ start: [], stop: [] });
  });

  test('stops surplus from the fullest zone, those that are not healthy first', () => {
    const tasks = [
      plannedTask('1', { createdAtSeconds: 1 }),
      plannedTask('2', { createdAtSeconds: 2 }),
      plannedTask('3', { availabilityZone: 'b', createdAtSeconds: 3 }),
      plannedTask('4', { availabilityZone: 'b', createdAtSeconds: 4, healthy: false }),
    ];
    expect(stopIds(nextTaskMoves(input({ tasks })))).toEqual(['4', '2']);
  });

  test('starts the replacement of an unhealthy task before it stops it', () => {
    const healthy = plannedTask('1');
    const condemned = plannedTask('2', { availabilityZone: 'b', healthy: false, condemned: true });
    const replacement = plannedTask('3', { availabilityZone: 'b', healthy: false });
    expect(nextTaskMoves(input({ tasks: [healthy, condemned] }))).toEqual({
      start: [{ availabilityZone: 'b', extra: false }],
      stop: [],
    });
    expect(nextTaskMoves(input({ tasks: [healthy, condemned, replacement] }))).toEqual({
      start: [],
      stop: [],
    });
    const replaced = nextTaskMoves(input({ tasks: [healthy, condemned, { ...replacement, healthy: true }] }));
    expect(replaced).toEqual({ start: [], stop: [{ id: '2', why: 'unhealthy' }] });
  });

  test('stops unhealthy tasks one by one where there is no room beside them', () => {
    const tasks = [1, 2].map((id) => plannedTask(String(id), { healthy: false, condemned: true }));
    const full = { mostActive: 2, fewestHealthy: 1 };
    expect(nextTaskMoves(input({ ...full, tasks }))).toEqual({
      start: [],
      stop: [{ id: '1', why: 'unhealthy' }],
    });
    expect(startZones(nextTaskMoves(input({ ...full, tasks: tasks.slice(1) })))).toHaveLength(1);
  });

  test('keeps unhealthy tasks while nothing can be started instead', () => {
    const tasks = [1, 2].map((id) => plannedTask(String(id), { healthy: false, condemned: true }));
    expect(nextTaskMoves(input({ mostActive: 2, zones: [], tasks })).stop).toEqual([]);
  });

  test('a rolling deployment starts as many as the maximum allows and stops old ones as new ones get healthy', () => {
    const old = ['1', '2'].map((id) => plannedTask(id, { current: false }));
    const fresh = ['3', '4'].map((id) => plannedTask(id, { healthy: false }));
    expect(nextTaskMoves(input({ tasks: old })).start).toHaveLength(2);
    expect(nextTaskMoves(input({ tasks: [...old, ...fresh] }))).toEqual({ start: [], stop: [] });
    const half = [...old, { ...fresh[0]!, healthy: true }, fresh[1]!];
    expect(stopIds(nextTaskMoves(input({ tasks: half })))).toEqual(['1']);
  });

  test('old tasks that serve nobody stop at once: starting, unhealthy or to be replaced', () => {
    const tasks = [
      plannedTask('starting', { current: false, healthy: false }),
      plannedTask('condemned', { current: false, condemned: true }),
      plannedTask('healthy', { current: false }),
    ];
    expect(stopIds(nextTaskMoves(input({ tasks })))).toEqual(['starting', 'condemned']);
  });

  test('evens out zones by starting first, and only when all is well', () => {
    const uneven = ['1', '2'].map((id) => plannedTask(id));
    const rebalanced = [{ availabilityZone: 'b', extra: true }];
    expect(nextTaskMoves(input({ tasks: uneven })).start).toEqual(rebalanced);
    expect(nextTaskMoves(input({ tasks: uneven, rebalancing: false })).start).toEqual([]);
    expect(nextTaskMoves(input({ tasks: uneven, mostActive: 2 })).start).toEqual([]);
    const unwell = [uneven[0]!, plannedTask('2', { healthy: false })];
    expect(nextTaskMoves(input({ tasks: unwell })).start).toEqual([]);
    const extra = plannedTask('3', { availabilityZone: 'b', extra: true, createdAtSeconds: 9 });
    expect(nextTaskMoves(input({ tasks: [...uneven, { ...extra, healthy: false }] }))).toEqual({
      start: [],
      stop: [],
    });
    expect(stopIds(nextTaskMoves(input({ tasks: [...uneven, extra] })))).toEqual(['2']);
  });
});

describe('tasks that are protected from scale-in', () => {
  const protectedTask = (id: string, overrides: Partial<CountedTask> = {}): CountedTask =>
    plannedTask(id, { isProtected: true, ...overrides });

  test('stay when there are too many, and others go', () => {
    const tasks = [
      protectedTask('1', { createdAtSeconds: 9, healthy: false }),
      plannedTask('2', { availabilityZone: 'b' }),
      plannedTask('3', { availabilityZone: 'b', createdAtSeconds: 1 }),
    ];
    expect(stopIds(nextTaskMoves(input({ tasks, fewestHealthy: 1 })))).toEqual(['3']);
    expect(stopIds(nextTaskMoves(input({ tasks, desired: 1, fewestHealthy: 0 })))).toEqual(['3', '2']);
    expect(stopIds(nextTaskMoves(input({ tasks, desired: 0, fewestHealthy: 0 })))).toEqual(['3', '2']);
    expect(heldTasks({ tasks, desired: 1 })).toEqual([]);
    expect(heldTasks({ tasks, desired: 0 })).toEqual(['1']);
  });

  test('are waited for while they do not serve yet: no other stops below the healthy minimum', () => {
    const starting = plannedTask('1', { healthy: false, isProtected: true });
    const tasks = [starting, plannedTask('2')];
    const one = { desired: 1, fewestHealthy: 1, mostActive: 2 };
    expect(stopIds(nextTaskMoves(input({ ...one, tasks })))).toEqual([]);
    const started = [{ ...starting, healthy: true }, tasks[1]!];
    expect(stopIds(nextTaskMoves(input({ ...one, tasks: started })))).toEqual(['2']);
  });

  test('of an older definition stay, while new ones start as far as the maximum allows', () => {
    const tasks = [protectedTask('1', { current: false }), plannedTask('2', { current: false })];
    expect(nextTaskMoves(input({ tasks, mostActive: 3 }))).toEqual({
      start: [{ availabilityZone: 'a', extra: false }],
      stop: [],
    });
    const replaced = [...tasks, plannedTask('3'), plannedTask('4')];
    expect(stopIds(nextTaskMoves(input({ tasks: replaced })))).toEqual(['2']);
    expect(heldTasks({ tasks: replaced, desired: 2 })).toEqual(['1']);
  });

  test('go when they fail their health check: that is no scale-in', () => {
    const sick = { condemned: true, healthy: false };
    const tasks = [protectedTask('1', sick), plannedTask('2'), plannedTask('3')];
    expect(nextTaskMoves(input({ tasks })).stop).toEqual([{ id: '1', why: 'unhealthy' }]);
    const old = [protectedTask('1', { ...sick, current: false }), plannedTask('2'), plannedTask('3')];
    expect(stopIds(nextTaskMoves(input({ tasks: old })))).toEqual(['1']);
    expect(heldTasks({ tasks: old, desired: 2 })).toEqual([]);
  });

  test('are not moved to another zone, and nothing is started for it', () => {
    const uneven = ['1', '2'].map((id) => protectedTask(id));
    expect(nextTaskMoves(input({ tasks: uneven }))).toEqual({ start: [], stop: [] });
    const one = [protectedTask('1'), plannedTask('2')];
    expect(nextTaskMoves(input({ tasks: one })).start).toHaveLength(1);
  });
});

const taskArbitrary = fc.record({
  availabilityZone: fc.constantFrom(...zones),
  createdAtSeconds: fc.integer({ min: 0, max: 100 }),
  current: fc.boolean(),
  healthy: fc.boolean(),
  condemned: fc.boolean(),
  extra: fc.boolean(),
  isProtected: fc.boolean(),
});

/** Any state of a service; the percentages are never those with which a deployment could neither stop nor start. */
const inputArbitrary = fc
  .record({
    desired: fc.integer({ min: 0, max: 12 }),
    tasks: fc.array(taskArbitrary, { maxLength: 20 }),
    zones: fc.subarray(zones, { minLength: 1 }),
    minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
    maximumPercent: fc.integer({ min: 100, max: 300 }),
    rebalancing: fc.boolean(),
  })
  .map(({ minimumHealthyPercent, maximumPercent, tasks, ...rest }): TaskMovesInput => ({
    ...rest,
    tasks: tasks.map((task, index) => ({ ...task, id: String(index) })),
    fewestHealthy: fewestHealthy(rest.desired, minimumHealthyPercent),
    mostActive: mostActive(rest.desired, maximumPercent),
  }))
  .filter(
    ({ desired, fewestHealthy: fewest, mostActive: most }) =>
      desired === 0 || fewest < desired || most > desired,
  );

const serving = (tasks: readonly CountedTask[]): readonly CountedTask[] =>
  tasks.filter(({ healthy, condemned }) => healthy && !condemned);

/** Makes the next moves: stopped tasks leave, and started ones are there, not healthy yet. */
function carryOut(
  state: TaskMovesInput,
  round: number,
): { readonly next: TaskMovesInput; readonly moved: boolean } {
  const moves = nextTaskMoves(state);
  const stopped = new Set(stopIds(moves));
  const started = moves.start.map(({ availabilityZone, extra }, index) =>
    plannedTask(`${round}-${index}`, {
      availabilityZone,
      extra,
      healthy: false,
      createdAtSeconds: 1000 + round,
    }),
  );
  const tasks = [...state.tasks.filter(({ id }) => !stopped.has(id)), ...started];
  return { next: { ...state, tasks }, moved: stopped.size + started.length > 0 };
}

/** Everything that is not condemned becomes healthy. */
const recover = (state: TaskMovesInput): TaskMovesInput => ({
  ...state,
  tasks: state.tasks.map((task) => (task.condemned ? task : { ...task, healthy: true })),
});

describe('any round of moves', () => {
  test('starts nothing beyond the maximum', () => {
    fc.assert(
      fc.property(inputArbitrary, (state) => {
        const { start } = nextTaskMoves(state);
        expect(start.length === 0 || state.tasks.length + start.length <= state.mostActive).toBe(true);
      }),
    );
  });

  test('stops nothing that serves below the healthy minimum', () => {
    fc.assert(
      fc.property(inputArbitrary, (state) => {
        const { next } = carryOut(state, 0);
        const before = serving(state.tasks).length;
        const after = serving(next.tasks).length;
        expect(after === before || after >= state.fewestHealthy).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('stops no task that is protected, unless it fails its health check', () => {
    fc.assert(
      fc.property(inputArbitrary, (state) => {
        const stopped = new Set(stopIds(nextTaskMoves(state)));
        const held = state.tasks.filter(({ isProtected, condemned }) => isProtected && !condemned);
        expect(held.filter(({ id }) => stopped.has(id))).toEqual([]);
      }),
    );
  });

  test('stops each task at most once, and only tasks there are', () => {
    fc.assert(
      fc.property(inputArbitrary, (state) => {
        const ids = stopIds(nextTaskMoves(state));
        expect(new Set(ids).size).toBe(ids.length);
        expect(state.tasks.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      }),
    );
  });

  /** Carries out rounds of moves until nothing moves any more. */
  function rest(initial: TaskMovesInput): TaskMovesInput {
    let state = initial;
    let round = 0;
    for (let moved = true; moved; round += 1) {
      expect(round).toBeLessThan(100);
      const step = carryOut(recover(state), round);
      state = step.next;
      moved = step.moved || state.tasks.some(({ healthy }) => !healthy);
    }
    return state;
  }

  test('leads to rest while tasks are protected, and from there to desired healthy tasks of the present definition, evenly spread where it rebalances', () => {
    fc.assert(
      fc.property(inputArbitrary, (initial) => {
        const held = rest(initial);
        const unprotected = held.tasks.map((task) => ({ ...task, isProtected: false }));
        const state = rest({ ...held, tasks: unprotected });
        expect(state.tasks).toHaveLength(state.desired);
        expect(serving(state.tasks).filter(({ current }) => current)).toHaveLength(state.desired);
        if (state.rebalancing && state.mostActive > state.desired)
          expect(zoneImbalance(state.zones, state.tasks)).toBeLessThan(2);
      }),
      { numRuns: 500 },
    );
  });
});
