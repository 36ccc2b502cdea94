import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plotArea } from './chart-frame.ts';
import { isCompressed, timeScale } from './time-scale.ts';

const plot = plotArea('wide', { height: 200, above: 'markers' });
const share = (x: number): number => (x - plot.left) / (plot.right - plot.left);
const until = (toCloudSeconds: number) => ({ fromCloudSeconds: 0, toCloudSeconds });

test('time is linear where the load takes a fair part of it', () => {
  const time = timeScale(plot, until(2000), { fromCloudSeconds: 60, toCloudSeconds: 660 });
  expect(share(time.x(500))).toBeCloseTo(0.25);
});

describe('a short load in a long idle run', () => {
  const span = until(86_400);
  const focus = { fromCloudSeconds: 600, toCloudSeconds: 1200 };
  const time = timeScale(plot, span, focus);

  test('gets three fifths of the width', () => {
    expect(isCompressed(span, focus)).toBe(true);
    expect(share(time.x(1200)) - share(time.x(600))).toBeCloseTo(0.6);
  });

  test('has ticks of its own, all with hours', () => {
    const labels = time.ticks.map(({ label }) => label);
    expect(labels).toContain('0:14:00');
    expect(labels.some((label) => /^1\d:00:00$/u.test(label))).toBe(true);
  });
});

test('later moments never lie further left, and ticks never touch', () => {
  const moment = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(moment, { minLength: 6, maxLength: 6 }), (moments) => {
      const [from, loadFrom, one, other, loadTo, to] = moments.toSorted((a, b) => a - b) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const time = timeScale(
        plot,
        { fromCloudSeconds: from, toCloudSeconds: to },
        { fromCloudSeconds: loadFrom, toCloudSeconds: loadTo },
      );
      expect(time.x(one)).toBeLessThanOrEqual(time.x(other) + 1e-6);
      time.ticks.slice(1).forEach(({ x }, index) => {
        expect(x - time.ticks[index]!.x).toBeGreaterThan(40);
      });
    }),
  );
});
