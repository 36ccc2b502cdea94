import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, resolveEnvironment } from '@tideline/config';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { MetricStore } from '../metrics/metric-store.ts';
import { MetricsPublisher } from '../metrics/metrics-publisher.ts';
import { ActivityLog } from './activity-log.ts';
import { Autoscaler } from './autoscaler.ts';

const requestsKey = 'AWS/ApplicationELB/RequestCountPerTarget/Sum';
const hour = 3600;

/** A service whose requests a second depend on the hour of the day alone. */
function rig(
  requestsPerSecond: (hourOfDay: number) => number,
  over: Partial<EnvironmentInput> & { readonly mode?: 'ForecastOnly' | 'ForecastAndScale' } = {},
) {
  const { mode = 'ForecastAndScale', ...rest } = over;
  const environment = resolveEnvironment({
    capacity: { min: 2, max: 20, desired: 2 },
    ...rest,
    preset: 'rig',
    compute: { kind: 'fargate' },
    scaling: {
      policies: [
        {
          ...{ type: 'predictive', name: 'ahead', mode },
          metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
        },
      ],
    },
  });
  const clock = new VirtualClock();
  const store = new MetricStore();
  const activities = new ActivityLog({ scales: 'service' });
  const service = {
    desired: 2,
    isScaleInHeld: false,
    warmup: () => null,
    counts: () => ({ running: service.desired, desired: service.desired }),
    setDesired: (desired: number) => (service.desired = desired),
  };
  const publisher = new MetricsPublisher(clock, [
    {
      periodSeconds: 60,
      collect: (startSeconds) => {
        const requests = 60 * requestsPerSecond(Math.floor(startSeconds / hour) % 24);
        const datapoint = { startSeconds, value: requests / service.desired, running: service.desired };
        store.put(requestsKey, datapoint, { unit: 'Count', periodSeconds: 60 });
      },
    },
  ]);
  const autoscaler = new Autoscaler({
    ...{ environment, clock, store, fleet: service, activities },
    metricsSettled: () => publisher.settled(),
  });
  return { autoscaler, clock, service, activities };
}

const busyAtNoon = (hourOfDay: number): number => (hourOfDay === 12 ? 75 : 5);

describe('a predictive policy on the twin', () => {
  test('collects a day of its own, and has the capacity of the next noon ready 300 s before', async () => {
    const { clock, service, autoscaler, activities } = rig(busyAtNoon);
    await clock.advance(24 * hour + 167);
    expect(autoscaler.forecasts()[0]?.made).toEqual([]);
    await clock.advance(1);
    expect(autoscaler.forecasts()[0]?.made).toMatchObject([{ fromSeconds: 24 * hour }]);
    await clock.advance(12 * hour - 168 - 301);
    expect(service.desired).toBe(2);
    await clock.advance(1);
    expect(service.desired).toBe(8);
    expect(autoscaler.capacity).toEqual({ min: 8, max: 20 });
    expect(activities.all()).toMatchObject([
      {
        ...{ cloudSeconds: 36 * hour - 300, from: 2, to: 8, policy: 'ahead', status: 'InProgress' },
        cause: expect.stringContaining(
          'predictive scaling policy ahead forecast a minimum capacity of 8 for the hour from 2026-01-02T12:00Z. ',
        ) as unknown,
        statusMessage: 'Successfully set desired count to 8. Waiting for change to be fulfilled by ecs.',
      },
    ]);
    await clock.advance(hour + 300);
    expect(service.desired).toBe(8);
    expect(autoscaler.capacity).toEqual({ min: 2, max: 20 });
    expect(autoscaler.forecasts()[0]?.error).toMatchObject({ mapePercent: 0, coveragePercent: 100 });
  });

  test('forecasts at once from the hours that the description has', async () => {
    const local = { hourlyRequestsPerSecond: Array.from({ length: 24 }, (_, at) => busyAtNoon(at)) };
    const { clock, service, autoscaler } = rig(busyAtNoon, { local });
    await clock.advance(0);
    expect(autoscaler.forecasts()[0]?.made[0]?.capacity[12]).toBe(8);
    await clock.advance(12 * hour - 300);
    expect(service.desired).toBe(8);
  });

  test('with ForecastOnly shows its forecast and changes nothing', async () => {
    const { clock, service, autoscaler, activities } = rig(busyAtNoon, { mode: 'ForecastOnly' });
    await clock.advance(40 * hour);
    expect(autoscaler.forecasts()).toMatchObject([
      { policy: 'ahead', mode: 'ForecastOnly', metricKey: requestsKey, target: 600 },
    ]);
    expect(autoscaler.forecasts()[0]?.made[0]?.capacity[12]).toBe(8);
    expect([service.desired, activities.all()]).toEqual([2, []]);
    expect(autoscaler.policies()).toEqual([
      { name: 'ahead', metricKey: requestsKey, target: 600, alarms: [] },
    ]);
  });
});
