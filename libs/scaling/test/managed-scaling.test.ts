import { describe, expect, test } from '@jest/globals';
import { reservationKey, reservationPeriodSeconds } from '@tideline/config';
import { environmentOn } from '@tideline/config/testing';
import {
  capacityReservationPercent,
  evaluateScaling,
  initialScalingState,
  instancesNeeded,
  planManagedScaling,
  simulate,
} from '../src/index.ts';

type Over = NonNullable<Parameters<typeof environmentOn<'ecs-ec2'>>[1]>;

function environmentOf(compute: Over['compute'] = {}, over: Over = {}) {
  const environment = environmentOn('ecs-ec2', { ...over, compute });
  return { environment, compute: environment.compute };
}

describe('CapacityProviderReservation', () => {
  test('is the share of the instances that is needed', () => {
    expect(capacityReservationPercent({ needed: 3, running: 2 })).toBe(150);
    expect(capacityReservationPercent({ needed: 1, running: 4 })).toBe(25);
  });

  test('without instances is 100 when none is needed, and 200 when some are', () => {
    expect(capacityReservationPercent({ needed: 0, running: 0 })).toBe(100);
    expect(capacityReservationPercent({ needed: 5, running: 0 })).toBe(200);
  });

  test('needs what runs tasks, and what the waiting ones need beyond it', () => {
    const packed = environmentOf({ cpuUnits: 256, memoryMiB: 512 }).compute;
    expect(instancesNeeded(packed, { occupied: 2, waiting: 4 })).toBe(4);
    const alone = environmentOf({ taskPerInstance: true }).compute;
    expect(instancesNeeded(alone, { occupied: 2, waiting: 4 })).toBe(6);
  });
});

/** Shows the plan the same percentage for so many minutes. */
function afterMinutes(
  minutes: number,
  { percent, instances }: { readonly percent: number; readonly instances: number },
  compute: Over['compute'] = {},
) {
  const { environment, compute: hosted } = environmentOf(compute, { assumptions: { metricLagSeconds: 0 } });
  const plan = planManagedScaling(environment, hosted);
  let state = initialScalingState(plan);
  let desired = instances;
  for (let minute = 1; minute <= minutes; minute += 1) {
    const datapoints = Array.from({ length: minute }, (_, index) => ({
      startSeconds: index * reservationPeriodSeconds,
      value: percent,
    }));
    const outcome = evaluateScaling(plan, state, {
      nowSeconds: minute * reservationPeriodSeconds,
      running: Math.max(1, instances),
      desired,
      warmup: { warm: Math.max(1, instances), warming: 0 },
      deploymentInProgress: false,
      datapoints: (key) => (key === reservationKey ? datapoints : []),
    });
    state = outcome.state;
    desired = outcome.desired;
    if (desired !== instances) return { minute, desired };
  }
  return { minute: minutes, desired };
}

describe('managed scaling', () => {
  test('launches at once what is needed, after one datapoint', () => {
    expect(afterMinutes(5, { percent: 300, instances: 1 })).toEqual({ minute: 1, desired: 3 });
  });

  test('from zero instances goes to two, or to a maximum of one', () => {
    expect(afterMinutes(1, { percent: 200, instances: 0 }, { instances: { min: 0, max: 3 } })).toEqual({
      minute: 1,
      desired: 2,
    });
    expect(afterMinutes(1, { percent: 200, instances: 0 }, { instances: { min: 0, max: 1 } })).toEqual({
      minute: 1,
      desired: 1,
    });
    expect(afterMinutes(3, { percent: 100, instances: 0 }, { instances: { min: 0, max: 3 } }).desired).toBe(
      0,
    );
  });

  test('never goes beyond the maximum of instances', () => {
    expect(afterMinutes(1, { percent: 900, instances: 1 }, { instances: { min: 1, max: 4 } }).desired).toBe(
      4,
    );
  });

  test('gives one up after fifteen datapoints clearly below the target, and not before', () => {
    expect(afterMinutes(20, { percent: 50, instances: 2 })).toEqual({ minute: 15, desired: 1 });
    expect(afterMinutes(20, { percent: 95, instances: 2 }).desired).toBe(2);
  });

  test('keeps spare instances below a target of 100', () => {
    expect(
      afterMinutes(1, { percent: 100, instances: 2 }, { targetCapacityPercent: 50, instances: { max: 9 } })
        .desired,
    ).toBe(4);
  });

  test('names its policy and alarms as ECS does', () => {
    const { environment, compute } = environmentOf();
    const [policy] = planManagedScaling(environment, compute).policies;
    expect(policy?.name).toBe('ECSManagedAutoScalingPolicy-tideline-dev-api');
    expect(policy?.alarms.map(({ name }) => name.replace(/-[\da-f]{8}-.*/, ''))).toEqual([
      'TargetTracking-tideline-dev-api-AlarmHigh',
      'TargetTracking-tideline-dev-api-AlarmLow',
    ]);
  });
});

describe('a simulated service on instances', () => {
  const policy = {
    type: 'target-tracking',
    name: 'cpu',
    metric: { kind: 'cpu', targetPercent: 50 },
  } as const;
  const run = (compute: Over['compute']) => {
    const { environment } = environmentOf(compute, {
      capacity: { min: 1, max: 6, desired: 1 },
      container: { cpuMillisecondsPerRequest: 10 },
      scaling: { policies: [policy] },
    });
    return simulate({ stepSeconds: 600, requestsPerSecond: [200, 200, 200, 200] }, environment);
  };

  test('peaks at what the maximum of instances has room for', () => {
    expect(run({ taskPerInstance: true, instances: { min: 1, max: 3 } }).peakRunning).toBe(3);
    expect(run({ taskPerInstance: true, instances: { min: 1, max: 8 } }).peakRunning).toBe(6);
    expect(run({ instances: { min: 1, max: 1 } }).peakRunning).toBe(3);
  });

  test('starts a task later when it has to wait for an instance', () => {
    const second = (compute: Over['compute']): number =>
      run(compute).points.find(({ running }) => running >= 2)?.seconds ?? Infinity;
    const withRoom = second({ taskPerInstance: true, instances: { min: 6, max: 6 } });
    const without = second({ taskPerInstance: true, instances: { min: 1, max: 6 } });
    expect(without - withRoom).toBeGreaterThan(150);
  });
});
