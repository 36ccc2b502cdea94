import { describe, expect, test } from '@jest/globals';
import { SimulatedHosts } from './simulated-hosts.ts';

/** Instances in two zones, with room for two tasks each, that boot for 60 s. */
const hosts = (count: number, over: { readonly zones?: number; readonly room?: number } = {}) =>
  new SimulatedHosts({ startSeconds: { min: 60, max: 60 }, seed: 1, zones: 2, room: 2, count, ...over });

describe('simulated container instances', () => {
  test('take tasks in the zone with the fewest, on the fullest instance there', () => {
    const instances = hosts(4);
    const placed = Array.from({ length: 8 }, () => instances.place(0));
    expect(placed.map((host) => host?.zone)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(new Set([placed[0], placed[2]]).size).toBe(1);
    expect(new Set(placed).size).toBe(4);
    expect(instances.tasksByZone()).toEqual([4, 4]);
    expect(instances.place(0)).toBeUndefined();
    expect([instances.count, instances.occupied]).toEqual([4, 4]);
  });

  test.each([
    ['in the zone with the fewest, although another zone has a fuller instance', [0, 1, 2, 0], 1],
    ['on the fullest of the zone, although another comes first', [0, 1, 1, 1], 2],
    ['on the first of two that are equally full', [1, 2, 1, 2], 0],
  ])('take a task %s', (_, full, expected) => {
    const instances = hosts(4, { room: 3 });
    const found = Array.from({ length: 12 }, () => instances.place(0));
    const each = [...new Set(found)].sort((one, other) => Number(one?.zone) - Number(other?.zone));
    // In the order in which they were launched: zones 0, 1, 0 and 1.
    const inOrder = [each[0], each[2], each[1], each[3]];
    for (const [index, host] of inOrder.entries()) if (host !== undefined) host.tasks = full[index] ?? 0;
    expect(inOrder.indexOf(instances.place(0))).toBe(expected);
  });

  test('boot in the emptiest zone, and take tasks from the second on at which they register', () => {
    const instances = hosts(1, { room: 1 });
    expect(instances.place(0)?.zone).toBe(0);
    expect(instances.nextActiveSeconds).toBe(Infinity);
    instances.launch(100);
    instances.launch(130);
    expect([instances.count, instances.nextActiveSeconds]).toEqual([3, 160]);
    expect(instances.registered(159)).toBe(false);
    expect(instances.place(159)).toBeUndefined();
    expect(instances.registered(160)).toBe(true);
    expect(instances.registered(160)).toBe(false);
    expect(instances.nextActiveSeconds).toBe(190);
    expect(instances.place(160)?.zone).toBe(1);
    expect(instances.registered(190)).toBe(true);
    expect(instances.place(190)?.zone).toBe(0);
  });

  test('count as launched after a moment, and those of the beginning never do', () => {
    const instances = hosts(2);
    instances.launch(100);
    expect([99, 100, -1e9].map((seconds) => instances.launchedAfter(seconds))).toEqual([1, 0, 1]);
  });

  test('boot for a time between the least and the most, the soonest first', () => {
    const instances = new SimulatedHosts({
      ...{ startSeconds: { min: 50, max: 150 }, seed: 1, zones: 2, room: 1, count: 0 },
    });
    for (let index = 0; index < 50; index += 1) instances.launch(1000);
    const boots: number[] = [];
    while (instances.nextActiveSeconds < Infinity) {
      boots.push(instances.nextActiveSeconds - 1000);
      instances.registered(instances.nextActiveSeconds);
    }
    expect(boots).toHaveLength(50);
    expect(boots).toEqual([...boots].sort((one, other) => one - other));
    expect(Math.min(...boots)).toBeGreaterThanOrEqual(50);
    expect(Math.min(...boots)).toBeLessThan(60);
    expect(Math.max(...boots)).toBeLessThan(150);
    expect(Math.max(...boots)).toBeGreaterThan(140);
  });
});

describe('an empty instance is given up', () => {
  test('while it boots before one that has registered', () => {
    const instances = hosts(1);
    instances.launch(100);
    expect(instances.giveUpEmpty(120)).toBe(true);
    expect([instances.count, instances.nextActiveSeconds]).toEqual([1, Infinity]);
    expect(instances.place(120)).toBeDefined();
  });

  test('as any other from the second on at which it registers', () => {
    const instances = hosts(1);
    instances.launch(100);
    instances.registered(160);
    expect(instances.giveUpEmpty(160)).toBe(true);
    expect(instances.launchedAfter(0)).toBe(1);
  });

  test('in the zone with the most empty ones, although an older one is elsewhere', () => {
    const instances = hosts(0, { room: 1 });
    for (const seconds of [100, 200, 300, 400]) instances.launch(seconds);
    const placed = Array.from({ length: 4 }, () => instances.place(1000));
    for (const host of placed) if (host !== undefined && host.launchedAtSeconds !== 300) host.tasks = 0;
    instances.registered(1000);
    // Zone 0 has the first, and zone 1 the second and the fourth.
    expect(instances.giveUpEmpty(1000)).toBe(true);
    expect([50, 150, 250].map((seconds) => instances.launchedAfter(seconds))).toEqual([3, 2, 2]);
  });

  test('in the zone with the most empty ones, and never with a task', () => {
    const instances = hosts(3, { room: 1 });
    expect(instances.giveUpEmpty(0)).toBe(true);
    const placed = [instances.place(0), instances.place(0)];
    expect(placed.map((host) => host?.zone).sort()).toEqual([0, 1]);
    expect(instances.giveUpEmpty(0)).toBe(false);
    expect(instances.count).toBe(2);
  });

  test('the oldest first', () => {
    const instances = hosts(0, { zones: 1 });
    for (const seconds of [300, 100, 200]) instances.launch(seconds);
    instances.registered(1000);
    const left = () => [50, 150, 250].map((seconds) => instances.launchedAfter(seconds));
    expect(left()).toEqual([3, 2, 1]);
    instances.giveUpEmpty(1000);
    expect(left()).toEqual([2, 2, 1]);
    instances.giveUpEmpty(1000);
    expect(left()).toEqual([1, 1, 1]);
  });
});
