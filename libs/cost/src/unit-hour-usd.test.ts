import { expect, test } from '@jest/globals';
import { listPrices } from '@tideline/config';
import { preset } from '../test/environments.ts';
import { unitHourUsd } from './unit-hour-usd.ts';

test('a task of 0.25 vCPU and 0.5 GB costs its hours of both', () => {
  const { usd: vcpu } = listPrices['fargate.x86.vcpuHour'];
  const { usd: gigabyte } = listPrices['fargate.x86.gigabyteHour'];
  expect(unitHourUsd(preset('load-driven'), listPrices)).toBeCloseTo(0.25 * vcpu + 0.5 * gigabyte, 6);
});

test.each(['load-driven', 'stateless-asg', 'flash-sale', 'blue-green'])(
  'a unit of %s costs something',
  (name) => {
    expect(unitHourUsd(preset(name), listPrices)).toBeGreaterThan(0);
  },
);

test('a service that cannot scale has a price as well', () => {
  const fixed = preset('load-driven', { capacity: { min: 2, max: 2, desired: 2 } });
  expect(unitHourUsd(fixed, listPrices)).toBeCloseTo(unitHourUsd(preset('load-driven'), listPrices), 9);
});
