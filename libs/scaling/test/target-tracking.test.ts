import { describe, expect, test } from '@jest/globals';
import {
  Scenario,
  cpuKey,
  environmentWith,
  memoryKey,
  requestsKey,
  trackCpu,
  trackMemory,
} from './scenario.ts';

const alarm = (side: string) =>
  new RegExp(
    `^monitor alarm TargetTracking-service/tideline-dev/tideline-dev-api-Alarm${side}-[0-9a-f-]{36} in state ALARM triggered policy cpu$`,
  );

describe('scale-out', () => {
  test('comes with the third breaching minute, proportional and rounded up, with cause and figures', () => {
    const scenario = new Scenario(
      environmentWith([trackCpu()], { capacity: { min: 1, max: 20, desired: 3 } }),
    );
    expect(scenario.repeat(2, { [cpuKey]: 75 }).decisions).toEqual([]);
    const { decisions, desired, alarmChanges } = scenario.minute({ [cpuKey]: 75 });
    expect(desired).toBe(5);
    expect(decisions).toEqual([
      {
        policy: 'cpu',
        outcome: 'scaled',
        from: 3,
        to: 5,
        cause: expect.stringMatching(alarm('High')),
        reason:
          'AWS/ECS/CPUUtilization/Average is 75 against a target of 50: 3 x 75 / 50 asks for 5; from 3 to 5 tasks',
      },
    ]);
    const [{ explain, ...change } = {}, ...others] = alarmChanges;
    expect([change, others]).toEqual([
      { alarm: scenario.plan.policies[0]!.alarms[0]!.name, from: 'INSUFFICIENT_DATA', to: 'ALARM' },
      [],
    ]);
    expect(explain?.()).toBe(
      'Threshold Crossed: 3 of the last 3 datapoints [75, 75, 75] were greater than the threshold (50); 3 of 3 make the ALARM state.',
    );
  });

  test('does not come at the target exactly', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    expect(scenario.repeat(10, { [cpuKey]: 50 }).desired).toBe(10);
  });

  test('starts from the running count, not from desired', () => {
    const scenario = new Scenario(environmentWith([trackCpu({ scaleOutCooldownSeconds: 0 })]));
    const { decisions } = scenario.repeat(3, { [cpuKey]: 75 }, { running: 4 });
    expect(decisions).toMatchObject([{ outcome: 'not-scaled', reasonCode: 'AlreadyAtDesiredCapacity' }]);
  });

  test('stops at the maximum, and says once that it has been reached', () => {
    const scenario = new Scenario(
      environmentWith([trackCpu({ scaleOutCooldownSeconds: 0 })], {
        capacity: { min: 1, max: 12, desired: 10 },
      }),
    );
    expect(scenario.repeat(3, { [cpuKey]: 90 }).desired).toBe(12);
    expect(scenario.minute({ [cpuKey]: 90 }).decisions).toMatchObject([
      { policy: 'cpu', from: 12, to: 12, outcome: 'not-scaled', reasonCode: 'AlreadyAtMaxCapacity' },
    ]);
    expect(scenario.repeat(30, { [cpuKey]: 90 }).decisions).toEqual([]);
  });

  test('lifts a count below the minimum to the minimum first', () => {
    const scenario = new Scenario(
      environmentWith([trackCpu({ scaleOutCooldownSeconds: 0 })], {
        capacity: { min: 4, max: 20, desired: 4 },
      }),
    );
    scenario.desired = 2;
    expect(scenario.repeat(3, { [cpuKey]: 100 }).desired).toBe(4);
    expect(scenario.minute({ [cpuKey]: 100 }).desired).toBe(8);
  });

  test('does nothing above the maximum, where a scale-in comes to the maximum first', () => {
    const scenario = new Scenario(
      environmentWith([trackCpu()], { capacity: { min: 1, max: 6, desired: 6 } }),
    );
    scenario.desired = 9;
    expect(scenario.repeat(3, { [cpuKey]: 100 }).decisions).toMatchObject([
      { reasonCode: 'AlreadyAtMaxCapacity' },
    ]);
    expect(scenario.repeat(15, { [cpuKey]: 10 }).desired).toBe(6);
  });

  test('is not stopped by a deployment', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    expect(scenario.repeat(3, { [cpuKey]: 75 }, { deploymentInProgress: true }).desired).toBe(15);
  });

  test('comes in milliseconds of response time, which CloudWatch counts in seconds', () => {
    const metric = { kind: 'response-time', targetMilliseconds: 200, statistic: 'p99' } as const;
    const scenario = new Scenario(environmentWith([trackCpu({ metric })]));
    expect(scenario.plan.policies[0]).toMatchObject({ target: 0.2 });
    expect(scenario.repeat(3, { 'AWS/ApplicationELB/TargetResponseTime/p99': 0.3 }).desired).toBe(15);
  });

  test('adds the metrics of a sum, and waits for both', () => {
    const custom = (metricName: string) => ({ namespace: 'Shop', metricName, statistic: 'Sum' });
    const metric = { kind: 'sum', metrics: [custom('Blue'), custom('Green')], targetValue: 100 } as const;
    const scenario = new Scenario(
      environmentWith([trackCpu({ metric: { ...metric, metrics: [...metric.metrics] } })]),
    );
    expect(scenario.repeat(5, { 'Shop/Blue/Sum': 150, 'Shop/Green/Sum': null }).desired).toBe(10);
    expect(scenario.repeat(3, { 'Shop/Blue/Sum': 75, 'Shop/Green/Sum': 75 }).desired).toBe(15);
  });
});

describe('from zero tasks', () => {
  const capacity = { min: 0, max: 10, desired: 0 };
  const requests = trackCpu({
    metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 },
    scaleOutCooldownSeconds: 0,
  });

  test('one datapoint of demand starts one task, and then scaling proceeds as ever', () => {
    const scenario = new Scenario(environmentWith([requests], { capacity }));
    expect(scenario.repeat(5, { [requestsKey]: 0 }).desired).toBe(0);
    expect(scenario.minute({ [requestsKey]: 400 }).decisions).toMatchObject([
      {
        from: 0,
        to: 1,
        cause:
          'demand on AWS/ApplicationELB/RequestCountPerTarget/Sum with no running task triggered policy cpu',
      },
    ]);
    scenario.minute({ [requestsKey]: 400 }, { running: 0 });
    expect(scenario.desired).toBe(1);
    expect(scenario.minute({ [requestsKey]: 400 }).desired).toBe(8);
  });

  test('a minimum above zero is where it starts', () => {
    const scenario = new Scenario(environmentWith([requests], { capacity: { min: 2, max: 10, desired: 2 } }));
    scenario.desired = 0;
    expect(scenario.minute({ [requestsKey]: 400 }).desired).toBe(2);
  });
});

describe('scale-in', () => {
  test('comes after fifteen minutes below 0.9 of the target, one task per cooldown', () => {
    const scenario = new Scenario(environmentWith([trackCpu({ scaleInCooldownSeconds: 120 })]));
    expect(scenario.repeat(14, { [cpuKey]: 20 }).desired).toBe(10);
    const { decisions } = scenario.minute({ [cpuKey]: 20 });
    expect(decisions).toMatchObject([
      { from: 10, to: 9, outcome: 'scaled', cause: expect.stringMatching(alarm('Low')) },
    ]);
    expect(scenario.minute({ [cpuKey]: 20 }).desired).toBe(9);
    expect(scenario.minute({ [cpuKey]: 20 }).desired).toBe(8);
  });

  test('does not come at 0.9 of the target exactly', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    expect(scenario.repeat(40, { [cpuKey]: 45 }).desired).toBe(10);
  });

  test('goes at once to what the metric asks for when it is proportional', () => {
    const scenario = new Scenario(
      environmentWith([trackCpu()], { assumptions: { scaleInSteps: 'proportional' } }),
    );
    expect(scenario.repeat(15, { [cpuKey]: 22 }).desired).toBe(5);
  });

  test('stops at the minimum, and says so once', () => {
    const scenario = new Scenario(
      environmentWith([trackCpu({ scaleInCooldownSeconds: 0 })], {
        capacity: { min: 9, max: 20, desired: 10 },
      }),
    );
    expect(scenario.repeat(15, { [cpuKey]: 5 }).desired).toBe(9);
    expect(scenario.minute({ [cpuKey]: 5 }).decisions).toMatchObject([
      { reasonCode: 'AlreadyAtMinCapacity' },
    ]);
    expect(scenario.repeat(30, { [cpuKey]: 5 }).decisions).toEqual([]);
  });

  test('is declined when the remaining tasks would be above the target again', () => {
    const policy = trackCpu({ scaleInCooldownSeconds: 0 });
    const capacity = { min: 1, max: 4, desired: 2 };
    const wary = new Scenario(environmentWith([policy], { capacity }));
    expect(wary.repeat(15, { [cpuKey]: 40 }).decisions).toMatchObject([
      {
        outcome: 'not-scaled',
        reasonCode: 'AutoScalingAnticipatedFlapping',
        reason:
          'AWS/ECS/CPUUtilization/Average is 40 against a low threshold of 45, but with 1 instead of 2 tasks it would be 80, above the target of 50',
      },
    ]);
    const bold = new Scenario(
      environmentWith([policy], { capacity, assumptions: { predictFlapping: false } }),
    );
    expect(bold.repeat(15, { [cpuKey]: 40 }).desired).toBe(1);
  });

  test('waits while a deployment runs', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    expect(scenario.repeat(15, { [cpuKey]: 5 }, { deploymentInProgress: true }).decisions).toMatchObject([
      { outcome: 'not-scaled', reasonCode: 'TargetServicePutResourceAsUnscalable' },
    ]);
    expect(scenario.repeat(5, { [cpuKey]: 5 }, { deploymentInProgress: true }).decisions).toEqual([]);
    expect(scenario.minute({ [cpuKey]: 5 }).desired).toBe(9);
  });

  test('never comes from a policy that only scales out', () => {
    const scenario = new Scenario(environmentWith([trackCpu({ scaleInEnabled: false })]));
    expect(scenario.plan.alarms).toHaveLength(1);
    expect(scenario.repeat(60, { [cpuKey]: 1 }).desired).toBe(10);
  });

  test('never comes from missing data', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    scenario.repeat(14, { [cpuKey]: 5 });
    scenario.minute({ [cpuKey]: 48 });
    scenario.repeat(60, { [cpuKey]: null });
    expect(scenario.desired).toBe(10);
    expect(scenario.state.alarmStates).toEqual(['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  });
});

describe('two target trackers', () => {
  const both = [trackCpu({ scaleInCooldownSeconds: 0 }), trackMemory({ scaleInCooldownSeconds: 0 })];

  test('the larger scale-out wins', () => {
    const scenario = new Scenario(environmentWith(both));
    const { decisions } = scenario.repeat(3, { [cpuKey]: 60, [memoryKey]: 80 });
    expect(decisions).toMatchObject([{ policy: 'memory', from: 10, to: 16 }]);
  });

  test('one that is ready scales out alone', () => {
    const scenario = new Scenario(environmentWith(both));
    expect(scenario.repeat(3, { [cpuKey]: 60, [memoryKey]: 1 }).desired).toBe(12);
  });

  test('one that is not ready holds the other back', () => {
    const scenario = new Scenario(environmentWith(both));
    expect(scenario.repeat(40, { [cpuKey]: 5, [memoryKey]: 48 }).desired).toBe(10);
    expect(scenario.repeat(15, { [cpuKey]: 5, [memoryKey]: 5 }).desired).toBe(9);
  });

  test('one without data holds the other back', () => {
    const scenario = new Scenario(environmentWith(both));
    expect(scenario.repeat(40, { [cpuKey]: 5, [memoryKey]: null }).desired).toBe(10);
  });

  test('one that never scales in does not hold the other back', () => {
    const scenario = new Scenario(environmentWith([trackCpu(), trackMemory({ scaleInEnabled: false })]));
    expect(scenario.repeat(15, { [cpuKey]: 5, [memoryKey]: 48 }).desired).toBe(9);
  });

  test('the one that keeps more tasks decides a scale-in', () => {
    const scenario = new Scenario(environmentWith(both, { assumptions: { scaleInSteps: 'proportional' } }));
    const { decisions } = scenario.repeat(15, { [cpuKey]: 10, [memoryKey]: 30 });
    expect(decisions).toMatchObject([{ policy: 'memory', from: 10, to: 6 }]);
  });
});
