import { expect, test } from '@jest/globals';
import { CloudTimeline } from './cloud-timeline.ts';

test('a cloud time is found at its wall time, whatever the speed was in between', () => {
  const timeline = new CloudTimeline();
  expect(timeline.wallMsAt(1)).toBeNaN();
  timeline.seen({ cloudSeconds: 100, wallMs: 1000, speed: 10 });
  timeline.seen({ cloudSeconds: 200, wallMs: 11_000, speed: 1 });
  expect([100, 150, 200, 203].map((cloud) => timeline.wallMsAt(cloud))).toEqual([1000, 6000, 11_000, 14_000]);
  expect(timeline.wallMsAt(90)).toBe(0);
});
