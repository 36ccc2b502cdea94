import { describe, expect, test } from '@jest/globals';
import { Scenario, cpuKey, environmentWith, memoryKey, trackCpu } from './scenario.ts';

const stepOut = {
  type: 'step',
  name: 'out',
  metric: { kind: 'cpu' },
  alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 50 },
  steps: [
    { lowerBound: 0, upperBound: 20, adjustment: 2 },
    { lowerBound: 20, upperBound: null, adjustment: 3 },
  ],
  cooldownSeconds: 300,
} as const;
const stepIn = {
  type: 'step',
  name: 'in',
  metric: { kind: 'memory' },
  alarm: { comparison: 'LessThanOrEqualToThreshold', threshold: 20 },
  steps: [{ lowerBound: null, upperBound: 0, adjustment: -1 }],
  cooldownSeconds: 180,
} as const;
const steps = (...policies: (typeof stepOut | typeof stepIn)[]) =>
  environmentWith(policies.map((policy) => ({ ...policy, steps: [...policy.steps] })));

describe('a scale-out cooldown', () => {
  test('counts the two tasks that were added when a breach asks for three', () => {
    const scenario = new Scenario(steps(stepOut));
    expect(scenario.minute({ [cpuKey]: 60 }).decisions).toMatchObject([{ from: 10, to: 12 }]);
    expect(scenario.minute({ [cpuKey]: 60 }).decisions).toEqual([]);
    expect(scenario.minute({ [cpuKey]: 75 }).decisions).toMatchObject([{ from: 12, to: 13 }]);
    expect(scenario.minute({ [cpuKey]: 75 }).decisions).toEqual([]);
  });

  test('ends, and the next breach adds in full', () => {
    const scenario = new Scenario(steps(stepOut));
    scenario.minute({ [cpuKey]: 60 });
    expect(scenario.repeat(4, { [cpuKey]: 60 }).desired).toBe(12);
    expect(scenario.minute({ [cpuKey]: 60 }).desired).toBe(14);
  });

  test('counts for target tracking from the tasks before it', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    expect(scenario.repeat(3, { [cpuKey]: 60 }).desired).toBe(12);
    expect(scenario.minute({ [cpuKey]: 60 }).desired).toBe(12);
    expect(scenario.minute({ [cpuKey]: 75 }).desired).toBe(15);
  });

  test.each([
    ['refused', 15],
    ['allowed', 14],
  ] as const)('leaves a scale-in %s', (scaleInDuringScaleOutCooldown, desired) => {
    const environment = environmentWith([trackCpu({ scaleOutCooldownSeconds: 3600 })], {
      assumptions: { scaleInDuringScaleOutCooldown },
    });
    const scenario = new Scenario(environment);
    expect(scenario.repeat(3, { [cpuKey]: 75 }).desired).toBe(15);
    expect(scenario.repeat(15, { [cpuKey]: 5 }).desired).toBe(desired);
  });
});

describe('a scale-in cooldown', () => {
  test('blocks a further scale-in until it ends', () => {
    const scenario = new Scenario(steps(stepIn));
    expect(scenario.minute({ [memoryKey]: 10 }).desired).toBe(9);
    expect(scenario.repeat(2, { [memoryKey]: 10 }).desired).toBe(9);
    expect(scenario.minute({ [memoryKey]: 10 }).desired).toBe(8);
  });

  test('is cancelled by a scale-out, which acts at once', () => {
    const scenario = new Scenario(steps({ ...stepOut, cooldownSeconds: 0 as 300 }, stepIn));
    expect(scenario.minute({ [memoryKey]: 10, [cpuKey]: 30 }).desired).toBe(9);
    expect(scenario.minute({ [memoryKey]: 10, [cpuKey]: 60 }).desired).toBe(11);
    expect(scenario.minute({ [memoryKey]: 10, [cpuKey]: 30 }).desired).toBe(10);
  });
});

describe('scheduled actions', () => {
  const action = (name: string, schedule: string, bounds: { minCapacity?: number; maxCapacity?: number }) =>
    ({ type: 'scheduled', name, schedule, ...bounds }) as const;

  test('move the bounds and the count with them, whatever cooldown runs', () => {
    const environment = environmentWith([
      { ...stepOut, steps: [...stepOut.steps] },
      action('up', 'at(2026-01-01T00:02:00)', { minCapacity: 15 }),
      action('down', 'at(2026-01-01T00:03:00)', { minCapacity: 1, maxCapacity: 5 }),
    ]);
    const scenario = new Scenario(environment);
    expect(scenario.minute({ [cpuKey]: 60 }).desired).toBe(12);
    expect(scenario.minute({ [cpuKey]: 30 }).decisions).toEqual([
      {
        policy: 'up',
        outcome: 'scaled',
        from: 12,
        to: 15,
        cause: 'scheduled action up was triggered: minimum capacity was set to 15',
        reason: 'capacity is now between 15 and 20, and 12 is outside',
      },
    ]);
    expect(scenario.minute({ [cpuKey]: 30 }).decisions).toMatchObject([{ policy: 'down', from: 15, to: 5 }]);
    expect(scenario.state).toMatchObject({ min: 1, max: 5 });
  });

  test('leave the count alone inside the bounds', () => {
    const scenario = new Scenario(environmentWith([action('wide', 'rate(1 minute)', { maxCapacity: 12 })]));
    expect(scenario.minute({}).decisions).toEqual([]);
    expect(scenario.state).toMatchObject({ min: 1, max: 12 });
  });

  test('do not scale in during a deployment', () => {
    const scenario = new Scenario(environmentWith([action('small', 'rate(1 minute)', { maxCapacity: 2 })]));
    expect(scenario.minute({}, { deploymentInProgress: true }).decisions).toMatchObject([
      { outcome: 'not-scaled', reasonCode: 'TargetServicePutResourceAsUnscalable' },
    ]);
    expect(scenario.minute({}).desired).toBe(2);
  });

  test('fail when their bounds contradict those in force', () => {
    const environment = environmentWith([
      action('few', 'at(2026-01-01T00:01:00)', { maxCapacity: 5 }),
      action('many', 'at(2026-01-01T00:02:00)', { minCapacity: 8 }),
    ]);
    const scenario = new Scenario(environment);
    scenario.minute({});
    expect(scenario.minute({}).decisions).toMatchObject([
      {
        policy: 'many',
        outcome: 'failed',
        reason: 'the minimum would be 8 and the maximum 5: the bounds stay as they are',
      },
    ]);
    expect(scenario.state).toMatchObject({ min: 1, max: 5 });
  });
});
