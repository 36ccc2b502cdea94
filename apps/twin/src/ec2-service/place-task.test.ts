import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type InstanceRoom, type TaskNeed, placeTask, unableToPlace } from './place-task.ts';

const host = (
  containerInstanceId: string,
  about: { zone?: string; cpuUnits?: number; memoryMiB?: number; tasks?: number } = {},
): InstanceRoom => ({
  containerInstanceId,
  availabilityZone: about.zone ?? 'a',
  remaining: { cpuUnits: about.cpuUnits ?? 1024, memoryMiB: about.memoryMiB ?? 1836 },
  tasks: about.tasks ?? 0,
});
const need: TaskNeed = { cpuUnits: 256, memoryMiB: 512, distinct: false };
const chosen = (hosts: readonly InstanceRoom[], task = need): string | undefined => {
  const place = placeTask(hosts, task);
  return 'host' in place ? place.host.containerInstanceId : undefined;
};
const reason = (hosts: readonly InstanceRoom[], task = need): string => {
  const place = placeTask(hosts, task);
  if ('host' in place) throw new Error('the task found room');
  return unableToPlace(place.unable);
};

describe('a task', () => {
  test('goes to the zone with the fewest tasks, however full its instance is', () => {
    expect(chosen([host('1', { tasks: 2 }), host('2', { zone: 'b', memoryMiB: 512, tasks: 1 })])).toBe('2');
  });

  test('goes to the fullest instance of a zone that still has room', () => {
    const hosts = [host('1'), host('2', { memoryMiB: 600 }), host('3', { memoryMiB: 500 })];
    expect(chosen(hosts)).toBe('2');
  });

  test('goes to the first of the list among equals', () => {
    expect(chosen([host('1'), host('2', { zone: 'b' })])).toBe('1');
  });

  test('goes to no instance with a task of the service where each is to have its own', () => {
    const distinct = { ...need, distinct: true };
    expect(chosen([host('1', { tasks: 1 }), host('2', { memoryMiB: 5000 })], distinct)).toBe('2');
    expect(chosen([host('1', { tasks: 1 })], distinct)).toBeUndefined();
  });
});

describe('a task without room', () => {
  const start = 'was unable to place a task because no container instance met all of its requirements.';

  test('names the closest matching container instance and what it lacks', () => {
    expect(reason([host('1', { memoryMiB: 100 }), host('2', { memoryMiB: 400 })])).toBe(
      `${start} The closest matching (container-instance 2) has insufficient memory available`,
    );
    expect(reason([host('1', { memoryMiB: 100 }), host('2', { cpuUnits: 128 })])).toBe(
      `${start} The closest matching (container-instance 2) has insufficient CPU units available`,
    );
    expect(reason([host('1', { tasks: 1 })], { ...need, distinct: true })).toBe(
      `${start} The closest matching (container-instance 1) encountered error "DistinctInstance placement constraint unsatisfied."`,
    );
  });

  test('says so where there is no container instance', () => {
    expect(reason([])).toBe(`${start} Reason: No Container Instances were found in your capacity provider`);
  });
});

describe('placing tasks one after another', () => {
  const hosts = fc.array(
    fc.record({
      zone: fc.constantFrom('a', 'b', 'c'),
      cpuUnits: fc.integer({ min: 0, max: 4096 }),
      memoryMiB: fc.integer({ min: 0, max: 8192 }),
    }),
    { maxLength: 6 },
  );
  const task = fc.record({
    cpuUnits: fc.integer({ min: 128, max: 1024 }),
    memoryMiB: fc.integer({ min: 6, max: 2048 }),
    distinct: fc.boolean(),
  });

  test('never commits more CPU or memory than there is, keeps to distinctInstance, and refuses only when nothing fits', () => {
    fc.assert(
      fc.property(hosts, task, fc.integer({ min: 1, max: 20 }), (sizes, each, count) => {
        let rooms = sizes.map((size, index) => host(String(index), size));
        for (let placed = 0; placed < count; placed += 1) {
          const place = placeTask(rooms, each);
          if (!('host' in place)) {
            const fits = rooms.some(
              ({ remaining, tasks }) =>
                remaining.cpuUnits >= each.cpuUnits &&
                remaining.memoryMiB >= each.memoryMiB &&
                (!each.distinct || tasks === 0),
            );
            expect(fits).toBe(false);
            return;
          }
          const { containerInstanceId } = place.host;
          rooms = rooms.map((room) =>
            room.containerInstanceId === containerInstanceId
              ? {
                  ...room,
                  remaining: {
                    cpuUnits: room.remaining.cpuUnits - each.cpuUnits,
                    memoryMiB: room.remaining.memoryMiB - each.memoryMiB,
                  },
                  tasks: room.tasks + 1,
                }
              : room,
          );
          for (const { remaining, tasks } of rooms) {
            expect(remaining.cpuUnits).toBeGreaterThanOrEqual(0);
            expect(remaining.memoryMiB).toBeGreaterThanOrEqual(0);
            if (each.distinct) expect(tasks).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  test('keeps zones within one task of each other while every zone has room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (count) => {
        const room = { cpuUnits: 100_000, memoryMiB: 100_000 };
        const tasks = [0, 0, 0];
        for (let placed = 0; placed < count; placed += 1) {
          const rooms = ['a', 'b', 'c'].map((zone, index) =>
            host(String(index), { zone, ...room, tasks: tasks[index] ?? 0 }),
          );
          const index = Number(chosen(rooms));
          tasks[index] = (tasks[index] ?? 0) + 1;
        }
        expect(Math.max(...tasks) - Math.min(...tasks)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
