import { describe, expect, test } from '@jest/globals';
import { plotArea } from './chart-frame.ts';
import { countScale, linearScale, referenceScale, spreadScale } from './value-scale.ts';

const plot = plotArea('wide', { height: 200, above: 'measure' });
const labels = (scale: { ticks: readonly { label: string }[] }) => scale.ticks.map(({ label }) => label);

test('an even scale starts at zero', () => {
  const scale = linearScale(plot, [120, 375]);
  expect(scale.y(0)).toBe(plot.bottom);
  expect(labels(scale)).toEqual(['0', '100', '200', '300', '400']);
});

test('a scale of counts has whole ticks only', () => {
  expect(labels(countScale(plot, 6))).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  expect(labels(countScale(plot, 40))).toEqual(['0', '5', '10', '15', '20', '25', '30', '35', '40']);
});

describe('a scale of latencies', () => {
  test('is even while they are close together', () => {
    expect(spreadScale(plot, [1, 12]).remark).toBeNull();
  });

  test('is logarithmic when they spread widely', () => {
    const scale = spreadScale(plot, [1, 900]);
    expect(scale.remark).toBe('log axis');
    expect(labels(scale)).toEqual(['1', '10', '100', '1,000']);
  });

  test('draws a latency of zero at its lower end', () => {
    expect(spreadScale(plot, [0, 1, 900]).y(0)).toBe(plot.bottom);
  });
});

describe('a scale around a target', () => {
  test('is even while the metric is near the target', () => {
    expect(referenceScale(plot, [30, 80], 50).remark).toBeNull();
  });

  test('shows a target of 50 apart from zero beside a metric of 11,250', () => {
    const scale = referenceScale(plot, [0, 11_250], 50);
    expect(scale.remark).toBe('log axis above 10');
    expect(scale.y(0) - scale.y(50)).toBeGreaterThan(30);
    expect(scale.y(50) - scale.y(11_250)).toBeGreaterThan(60);
  });
});
