import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment, type EnvironmentInput } from '@tideline/config';
import { until } from '../clock/clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { MetricStore } from '../metrics/metric-store.ts';
import { MetricsPublisher } from '../metrics/metrics-publisher.ts';
import { ActivityLog } from './activity-log.ts';
import { Autoscaler } from './autoscaler.ts';

const requestsKey = 'AWS/ApplicationELB/RequestCountPerTarget/Sum';
const highAlarmOf = { evaluationPeriods: 3, datapointsToAlarm: 3 };

const requestsPolicy: NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>[number] = {
  type: 'target-tracking',
  name: 'requests',
  metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 },
  highAlarm: highAlarmOf,
  lowAlarm: highAlarmOf,
  scaleOutCooldownSeconds: 60,
  scaleInCooldownSeconds: 60,
};

function rig(overrides: Omit<Partial<EnvironmentInput>, 'preset' | 'compute'> = {}) {
  const environment = resolveEnvironment({
    capacity: { min: 2, max: 6, desired: 2 },
    scaling: { policies: [requestsPolicy] },
    assumptions: { metricLagSeconds: 30 },
    ...overrides,
    preset: 'rig',
    compute: { kind: 'fargate' },
  });
  const clock = new VirtualClock();
  const store = new MetricStore();
  const activities = new ActivityLog();
  const service = {
    desired: 2,
    isScaleInHeld: false,
    warmup: () => null,
    counts: () => ({ running: service.desired, desired: service.desired }),
    setDesired: (desired: number) => {
      if (desired !== service.desired) changes.push(`${clock.now()}: ${service.desired} -> ${desired}`);
      service.desired = desired;
    },
  };
  const changes: string[] = [];
  let load = 0;
  const publisher = new MetricsPublisher(clock, [
    {
      periodSeconds: 60,
      collect: (startSeconds) =>
        store.put(
          requestsKey,
          { startSeconds, value: load / service.desired },
          { unit: 'Count', periodSeconds: 60 },
        ),
    },
  ]);
  let settled = (): Promise<void> => publisher.settled();
  const autoscaler = new Autoscaler({
    environment,
    clock,
    store,
    fleet: service,
    activities,
    metricsSettled: () => settled(),
  });
  return {
    autoscaler,
    clock,
    service,
    activities,
    changes,
    setLoad: (requestsPerMinute: number) => (load = requestsPerMinute),
    setSettled: (wait: () => Promise<void>) => (settled = wait),
  };
}

describe('Autoscaler', () => {
  test('scales out as soon as the third breaching datapoint is visible, and in once load is gone', async () => {
    const { clock, changes, setLoad, activities, autoscaler } = rig();
    setLoad(1000);
    await clock.advance(209);
    expect(changes).toEqual([]);
    await clock.advance(1);
    expect(changes).toEqual(['210: 2 -> 6']);
    expect(activities.all()).toMatchObject([{ from: 2, to: 6, policy: 'requests', status: 'InProgress' }]);
    expect(autoscaler.policies()).toMatchObject([
      {
        name: 'requests',
        metricKey: requestsKey,
        target: 50,
        alarms: [
          { comparison: '>', threshold: 50, state: 'ALARM' },
          { comparison: '<', threshold: 45 },
        ],
      },
    ]);
    activities.reached(6);
    setLoad(0);
    await clock.advance(1200);
    expect(changes.slice(1).map((change) => change.split(': ')[1])).toEqual([
      '6 -> 5',
      '5 -> 4',
      '4 -> 3',
      '3 -> 2',
    ]);
    // Nobody said that the counts in between were reached: each activity was overtaken by the next one.
    expect(
      activities
        .all()
        .filter(({ from, to }) => from !== to)
        .map(({ status }) => status),
    ).toEqual(['Successful', 'Overridden', 'Overridden', 'Overridden', 'InProgress']);
  });

  test('without lag it sees the period that ends at the same moment', async () => {
    const { clock, changes, setLoad } = rig({ assumptions: { metricLagSeconds: 0 } });
    setLoad(1000);
    await clock.advance(180);
    expect(changes).toEqual(['180: 2 -> 6']);
  });

  test('says why it did not scale', async () => {
    const { clock, setLoad, activities, changes } = rig();
    setLoad(10_000);
    await clock.advance(600);
    expect(changes).toEqual(['210: 2 -> 6']);
    expect(activities.all().at(-1)).toMatchObject({
      from: 6,
      to: 6,
      status: 'NotScaled',
      reasonCode: 'AlreadyAtMaxCapacity',
    });
  });

  test('does not scale in while a deployment runs', async () => {
    const { clock, service, activities, changes } = rig();
    service.desired = 4;
    service.isScaleInHeld = true;
    await clock.advance(600);
    expect(changes).toEqual([]);
    expect(activities.all().at(-1)).toMatchObject({
      status: 'NotScaled',
      reasonCode: 'TargetServicePutResourceAsUnscalable',
    });
  });

  test('scheduled actions change the bounds in force', async () => {
    const { clock, autoscaler, changes } = rig({
      scaling: {
        policies: [
          requestsPolicy,
          { type: 'scheduled', name: 'morning', schedule: 'rate(10 minutes)', minCapacity: 4 },
        ],
      },
    });
    expect(autoscaler.capacity).toEqual({ min: 2, max: 6 });
    await clock.advance(600);
    expect(autoscaler.capacity).toEqual({ min: 4, max: 6 });
    expect(changes).toEqual(['600: 2 -> 4']);
  });

  test('never evaluates twice at a time, however long metrics take', async () => {
    const { clock, setSettled } = rig();
    let waiting = 0;
    let most = 0;
    const answers: (() => void)[] = [];
    setSettled(async () => {
      waiting += 1;
      most = Math.max(most, waiting);
      await new Promise<void>((resolve) => answers.push(resolve));
      waiting -= 1;
    });
    await clock.advance(1000);
    expect(waiting).toBe(1);
    answers.shift()?.();
    await clock.advance(60);
    expect(waiting).toBe(1);
    expect(most).toBe(1);
  });

  test('metrics that take long delay the work, not the moment that it counts for', async () => {
    const { clock, setLoad, setSettled, changes, activities } = rig();
    setLoad(1000);
    let answer: () => void = () => undefined;
    await clock.advance(209);
    setSettled(() => new Promise((resolve) => (answer = resolve)));
    await clock.advance(100);
    setSettled(() => Promise.resolve());
    answer();
    await clock.advance(0);
    expect(changes).toEqual(['309: 2 -> 6']);
    expect(activities.all()[0]).toMatchObject({ cloudSeconds: 210, from: 2, to: 6 });
  });

  test('a late evaluation shifts no cooldown: the next period that may act is the same', async () => {
    const decidedAt = async (lateSeconds: number) => {
      const { clock, setLoad, setSettled, activities } = rig({ capacity: { min: 2, max: 40, desired: 2 } });
      setLoad(200);
      setSettled(() => until(clock, clock.now() + lateSeconds));
      await clock.advance(215);
      setSettled(() => Promise.resolve());
      setLoad(900);
      await clock.advance(600);
      return activities.all().map(({ cloudSeconds, to }) => [cloudSeconds, to]);
    };
    expect(await decidedAt(4)).toEqual(await decidedAt(0));
  });

  test('lists the sums among its metrics', () => {
    const metric = (metricName: string) => ({
      namespace: 'Shop',
      metricName,
      dimensions: {},
      statistic: 'Sum' as const,
    });
    const { autoscaler } = rig({
      scaling: {
        policies: [
          {
            type: 'target-tracking',
            name: 'orders',
            metric: { kind: 'sum', metrics: [metric('Web'), metric('App')], targetValue: 10 },
          },
        ],
      },
    });
    expect(autoscaler.sums()).toMatchObject([
      { key: 'Shop/Web/Sum + Shop/App/Sum', sourceKeys: ['Shop/Web/Sum', 'Shop/App/Sum'], periodSeconds: 60 },
    ]);
  });

  test('does nothing after it is closed, not even what it was waiting for', async () => {
    const { autoscaler, clock, service, changes, setLoad, setSettled } = rig();
    setLoad(1000);
    await clock.advance(209);
    let answer: () => void = () => undefined;
    setSettled(() => new Promise((resolve) => (answer = resolve)));
    await clock.advance(1);
    autoscaler.close();
    answer();
    await clock.advance(600);
    expect(changes).toEqual([]);
    expect(service.desired).toBe(2);
  });
});
