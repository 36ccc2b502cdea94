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
    expect(instancesNeeded(packed, { running: 2, occupied: 2, waiting: 4 })).toBe(4);
    const alone = environmentOf({ taskPerInstance: true }).compute;
    expect(instancesNeeded(alone, { running: 2, occupied: 2, waiting: 4 })).toBe(6);
  });

  test('counts on empty instances, such as those that boot, before it asks for more', () => {
    const { compute } = environmentOf({ taskPerInstance: true, minimumScalingStepSize: 3 });
    expect(instancesNeeded(compute, { running: 5, occupied: 2, waiting: 3 })).toBe(5);
    expect(instancesNeeded(compute, { running: 5, occupied: 2, waiting: 1 })).toBe(3);
    expect(instancesNeeded(compute, { running: 5, occupied: 2, waiting: 0 })).toBe(2);
  });

  test('asks for no fewer and no more instances at a time than the scaling steps', () => {
    const steps = { taskPerInstance: true, minimumScalingStepSize: 3, maximumScalingStepSize: 4 };
    const { compute } = environmentOf(steps);
    const needed = (waiting: number) => instancesNeeded(compute, { running: 2, occupied: 2, waiting });
    expect([0, 1, 3, 4, 9].map(needed)).toEqual([2, 5, 5, 6, 6]);
  });
});

/** Shows the plan the same percentage for so many minutes. */
function afterMinutes(
  minutes: number,
  {
    percent,
    instances,
    warming = 0,
  }: { readonly percent: number; readonly instances: number; readonly warming?: number },
  compute: Over['compute'] = {},
) {
  const { environment, compute: hosted } = environmentOf(compute, { assumptions: { metricLagSeconds: 0 } });
  const plan = planManagedScaling(environment, hosted);
  let state = initialScalingState(plan);
  let desired = instances;
  const reasons: string[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    const datapoints = Array.from({ length: minute }, (_, index) => ({
      startSeconds: index * reservationPeriodSeconds,
      value: percent,
    }));
    const outcome = evaluateScaling(plan, state, {
      nowSeconds: minute * reservationPeriodSeconds,
      running: instances,
      desired,
      warmup: { warm: instances - warming, warming },
      deploymentInProgress: false,
      datapoints: (key) => (key === reservationKey ? datapoints : []),
    });
    state = outcome.state;
    desired = outcome.desired;
    reasons.push(...outcome.decisions.map(({ reason }) => reason));
    if (desired !== instances) return { minute, desired, reasons };
  }
  return { minute: minutes, desired, reasons };
}

/** Desired counts minute by minute, while tasks on so many instances stay and all others are empty. */
function scaleIn({ from, occupied }: { readonly from: number; readonly occupied: number }, percent = 50) {
  const instances = { min: 0, max: 500 };
  const { environment, compute } = environmentOf(
    { instances },
    { assumptions: { metricLagSeconds: 0, managedScaleInPercent: percent } },
  );
  const plan = planManagedScaling(environment, compute);
  let state = initialScalingState(plan);
  let desired = from;
  const datapoints: { startSeconds: number; value: number }[] = [];
  const counts: number[] = [];
  for (let minute = 1; minute <= 40; minute += 1) {
    const startSeconds = (minute - 1) * reservationPeriodSeconds;
    datapoints.push({ startSeconds, value: (occupied / desired) * 100 });
    const outcome = evaluateScaling(plan, state, {
      nowSeconds: minute * reservationPeriodSeconds,
      running: desired,
      desired,
      warmup: { warm: desired, warming: 0 },
      deploymentInProgress: false,
      datapoints: () => datapoints,
    });
    state = outcome.state;
    desired = outcome.desired;
    if (minute >= 14) counts.push(desired);
  }
  return counts.slice(0, counts.indexOf(counts.at(-1) ?? 0) + 1);
}

describe('managed scaling', () => {
  test('launches at once what is needed, after one datapoint', () => {
    expect(afterMinutes(5, { percent: 300, instances: 1 })).toMatchObject({ minute: 1, desired: 3 });
  });

  test('from zero instances goes to two, or to a maximum of one', () => {
    expect(afterMinutes(1, { percent: 200, instances: 0 }, { instances: { min: 0, max: 3 } })).toMatchObject({
      minute: 1,
      desired: 2,
    });
    expect(afterMinutes(1, { percent: 200, instances: 0 }, { instances: { min: 0, max: 1 } })).toMatchObject({
      minute: 1,
      desired: 1,
    });
    expect(afterMinutes(3, { percent: 100, instances: 0 }, { instances: { min: 0, max: 3 } }).desired).toBe(
      0,
    );
  });

  test('from zero instances goes to two whatever the target, so that the next step knows what one holds', () => {
    const compute = { instances: { min: 0, max: 9 }, targetCapacityPercent: 50 };
    expect(afterMinutes(1, { percent: 200, instances: 0 }, compute).desired).toBe(2);
  });

  test('launches nothing while an instance warms up, and says so once', () => {
    const { desired, reasons } = afterMinutes(5, { percent: 200, instances: 2, warming: 1 });
    expect(desired).toBe(2);
    expect(reasons).toEqual([
      'CapacityProviderReservation is 200 against a target of 100: nothing is launched while 1 of 2 instances warms up',
    ]);
    expect(afterMinutes(5, { percent: 200, instances: 2 }, { instances: { max: 9 } })).toMatchObject({
      minute: 1,
      desired: 4,
    });
  });

  test('gives nothing up while an instance warms up', () => {
    expect(afterMinutes(30, { percent: 50, instances: 2, warming: 1 }).desired).toBe(2);
  });

  test('gives up what is empty after fifteen minutes, at most half of the instances a minute', () => {
    expect(scaleIn({ from: 20, occupied: 10 })).toEqual([20, 10]);
    expect(scaleIn({ from: 334, occupied: 34 })).toEqual([334, 167, 84, 42, 34]);
    expect(scaleIn({ from: 5, occupied: 0 })).toEqual([5, 3, 2, 1, 0]);
  });

  test('gives up the percentage that it is assumed to, and never less than one', () => {
    expect(scaleIn({ from: 40, occupied: 34 }, 5)).toEqual([40, 38, 37]);
    expect(scaleIn({ from: 20, occupied: 10 }, 100)).toEqual([20, 10]);
  });

  test('never goes beyond the maximum of instances', () => {
    expect(afterMinutes(1, { percent: 900, instances: 1 }, { instances: { min: 1, max: 4 } }).desired).toBe(
      4,
    );
  });

  test('gives one up after fifteen datapoints clearly below the target, and not before', () => {
    expect(afterMinutes(20, { percent: 50, instances: 2 })).toMatchObject({ minute: 15, desired: 1 });
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
