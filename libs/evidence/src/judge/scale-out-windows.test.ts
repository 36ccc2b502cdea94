import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ScalingActivity } from '../record/observation.ts';
import { isScaleIn, isScaleOut, scaleOutWindows } from './scale-out-windows.ts';

const load = { fromCloudSeconds: 100, toCloudSeconds: 700 };

const activity = (overrides: Partial<ScalingActivity>): ScalingActivity => ({
  cloudSeconds: 400,
  from: 2,
  to: 6,
  policy: 'requests-per-target',
  cause: 'alarm',
  status: 'Successful',
  ...overrides,
});
const seen = (cloudSeconds: number, running: number, healthy: number = running) => ({
  cloudSeconds,
  desired: 6,
  running,
  healthy,
});
const bounds = (run: Parameters<typeof scaleOutWindows>[0]) =>
  scaleOutWindows(run).map(({ name, fromCloudSeconds, toCloudSeconds }) => [
    name,
    fromCloudSeconds,
    toCloudSeconds,
  ]);

describe('a load with a scale-out', () => {
  test('is cut at the activity and where the count asked for is running and healthy', () => {
    const timeline = [seen(100, 2), seen(450, 6, 4), seen(480, 6), seen(490, 6)];
    expect(bounds({ load, timeline, activities: [activity({})] })).toEqual([
      ['before-scale-out', 100, 400],
      ['during-scale-out', 400, 480],
      ['after-scale-out', 480, 700],
    ]);
  });

  test('in several steps is cut at the first activity and at the highest count', () => {
    const activities = [
      activity({ cloudSeconds: 300, from: 2, to: 4 }),
      activity({ cloudSeconds: 400, from: 4, to: 6 }),
    ];
    expect(bounds({ load, timeline: [seen(350, 4), seen(460, 6)], activities })).toEqual([
      ['before-scale-out', 100, 300],
      ['during-scale-out', 300, 460],
      ['after-scale-out', 460, 700],
    ]);
  });

  test('that never settles has no stretch after it', () => {
    expect(bounds({ load, timeline: [seen(500, 5)], activities: [activity({})] })).toEqual([
      ['before-scale-out', 100, 400],
      ['during-scale-out', 400, 700],
    ]);
  });

  test('at its very start has no stretch before it', () => {
    const activities = [activity({ cloudSeconds: 100 })];
    expect(bounds({ load, timeline: [seen(150, 6)], activities })).toEqual([
      ['during-scale-out', 100, 150],
      ['after-scale-out', 150, 700],
    ]);
  });
});

describe('a load is steady throughout when', () => {
  const steady = [['steady', 100, 700]];

  test.each([
    ['there was no activity', []],
    ['the only scale-out came before it', [activity({ cloudSeconds: 99 })]],
    ['the only scale-out came when it was over', [activity({ cloudSeconds: 700 })]],
    ['nothing was scaled', [activity({ to: 2, status: 'NotScaled', reasonCode: 'AlreadyAtMaxCapacity' })]],
    ['the scale-out failed', [activity({ status: 'Failed' })]],
    ['only a scale-in happened', [activity({ from: 6, to: 5 })]],
  ])('%s', (_, activities) => {
    expect(bounds({ load, timeline: [seen(200, 6)], activities })).toEqual(steady);
  });
});

test('a load that ends before it starts is refused', () => {
  expect(() =>
    scaleOutWindows({ load: { fromCloudSeconds: 5, toCloudSeconds: 1 }, timeline: [], activities: [] }),
  ).toThrow('the load must not end before it starts: it runs from 5 s to 1 s');
});

const time = fc.integer({ min: 0, max: 1000 });
const count = fc.integer({ min: 0, max: 8 });
const anyRun = fc.record({
  load: fc
    .tuple(time, time)
    .map(([a, b]) => ({ fromCloudSeconds: Math.min(a, b), toCloudSeconds: Math.max(a, b) })),
  timeline: fc.array(fc.record({ cloudSeconds: time, desired: count, running: count, healthy: count })),
  activities: fc.array(
    fc
      .record({
        cloudSeconds: time,
        from: count,
        to: count,
        status: fc.constantFrom<ScalingActivity['status']>('Successful', 'InProgress', 'Failed', 'NotScaled'),
      })
      .map(activity),
  ),
});

test('the windows cover any load in order, without gap or overlap', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const windows = scaleOutWindows(run);
      expect(windows[0]?.fromCloudSeconds).toBe(run.load.fromCloudSeconds);
      expect(windows.at(-1)?.toCloudSeconds).toBe(run.load.toCloudSeconds);
      windows.slice(1).forEach((window, index) => {
        expect(window.fromCloudSeconds).toBe(windows[index]?.toCloudSeconds);
      });
    }),
  );
});

test('no window of a load that takes time is empty', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      fc.pre(run.load.toCloudSeconds > run.load.fromCloudSeconds);
      for (const window of scaleOutWindows(run)) {
        expect(window.toCloudSeconds).toBeGreaterThan(window.fromCloudSeconds);
      }
    }),
  );
});

describe('an activity', () => {
  test.each([
    ['Successful', true],
    ['InProgress', true],
    ['Overridden', true],
    ['Unfulfilled', true],
    ['Pending', false],
    ['Failed', false],
    ['NotScaled', false],
  ] as const)('that is %s changed the desired count: %s', (status, changed) => {
    expect(isScaleOut(activity({ status }))).toBe(changed);
    expect(isScaleIn(activity({ status, from: 6, to: 2 }))).toBe(changed);
  });

  test('is no scale-out downwards, no scale-in upwards, and neither on the spot', () => {
    expect(isScaleOut(activity({ from: 6, to: 2 }))).toBe(false);
    expect(isScaleIn(activity({ from: 2, to: 6 }))).toBe(false);
    expect(isScaleOut(activity({ from: 6, to: 6 }))).toBe(false);
    expect(isScaleIn(activity({ from: 6, to: 6 }))).toBe(false);
  });
});

test('a load without duration is steady', () => {
  const moment = { fromCloudSeconds: 100, toCloudSeconds: 100 };
  expect(bounds({ load: moment, timeline: [], activities: [] })).toEqual([['steady', 100, 100]]);
});

test('a count that was there before the scale-out does not end it', () => {
  const timeline = [seen(300, 6), seen(401, 2), seen(480, 6)];
  expect(bounds({ load, timeline, activities: [activity({})] })).toEqual([
    ['before-scale-out', 100, 400],
    ['during-scale-out', 400, 480],
    ['after-scale-out', 480, 700],
  ]);
});

test('healthy targets of tasks that do not run any longer do not end it', () => {
  const timeline = [seen(450, 5, 6), seen(480, 6)];
  expect(bounds({ load, timeline, activities: [activity({})] })).toContainEqual([
    'during-scale-out',
    400,
    480,
  ]);
});

test('a count that is there at the moment of the scale-out leaves no stretch during it', () => {
  expect(bounds({ load, timeline: [seen(400, 6)], activities: [activity({})] })).toEqual([
    ['before-scale-out', 100, 400],
    ['after-scale-out', 400, 700],
  ]);
});
