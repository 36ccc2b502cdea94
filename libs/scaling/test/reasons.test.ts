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

const alarm = (end: 'High' | 'Low') =>
  expect.stringMatching(
    new RegExp(`^monitor alarm TargetTracking-.*-Alarm${end}-.* in state ALARM triggered policy cpu$`),
  );

describe('a policy that holds a target says', () => {
  test('what it scaled out for', () => {
    expect(new Scenario(environmentWith([trackCpu()])).repeat(3, { [cpuKey]: 75 }).decisions).toEqual([
      {
        policy: 'cpu',
        outcome: 'scaled',
        from: 10,
        to: 15,
        cause: alarm('High'),
        reason:
          'AWS/ECS/CPUUtilization/Average is 75 against a target of 50: 10 x 75 / 50 asks for 15; from 10 to 15 tasks',
      },
    ]);
  });

  test('what it scaled in for', () => {
    expect(new Scenario(environmentWith([trackCpu()])).repeat(15, { [cpuKey]: 20 }).decisions).toEqual([
      {
        policy: 'cpu',
        outcome: 'scaled',
        from: 10,
        to: 9,
        cause: alarm('Low'),
        reason:
          'AWS/ECS/CPUUtilization/Average is 20 against a low threshold of 45: scale-in; from 10 to 9 tasks',
      },
    ]);
  });

  test('why it scaled in nothing', () => {
    const scenario = new Scenario(
      environmentWith([trackCpu()], { capacity: { min: 1, max: 20, desired: 2 } }),
    );
    expect(scenario.repeat(15, { [cpuKey]: 44 }).decisions).toEqual([
      {
        policy: 'cpu',
        outcome: 'not-scaled',
        reasonCode: 'AutoScalingAnticipatedFlapping',
        from: 2,
        to: 2,
        cause: alarm('Low'),
        reason:
          'AWS/ECS/CPUUtilization/Average is 44 against a low threshold of 45, but with 1 instead of 2 tasks it would be 88, above the target of 50',
      },
    ]);
  });

  test('what started the first task', () => {
    const metric = { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 } as const;
    const policy = { type: 'target-tracking', name: 'requests', metric } as const;
    const capacity = { min: 0, max: 20, desired: 0 };
    expect(
      new Scenario(environmentWith([policy], { capacity })).minute({ [requestsKey]: 7 }).decisions,
    ).toEqual([
      {
        policy: 'requests',
        outcome: 'scaled',
        from: 0,
        to: 1,
        cause: `demand on ${requestsKey} with no running task triggered policy requests`,
        reason: `${requestsKey} is 7 while no task runs: starts with the least possible; from 0 to 1 tasks`,
      },
    ]);
  });

  test('that the bound keeps it, and which', () => {
    const capacity = { min: 10, max: 10, desired: 10 };
    const of = (minutes: number, percent: number) =>
      new Scenario(environmentWith([trackCpu()], { capacity })).repeat(minutes, { [cpuKey]: percent })
        .decisions;
    expect(of(3, 75)).toMatchObject([
      {
        outcome: 'not-scaled',
        reasonCode: 'AlreadyAtMaxCapacity',
        reason: expect.stringMatching(/; the maximum is 10$/),
      },
    ]);
    expect(of(15, 20)).toMatchObject([
      {
        outcome: 'not-scaled',
        reasonCode: 'AlreadyAtMinCapacity',
        reason: expect.stringMatching(/; the minimum is 10$/),
      },
    ]);
  });
});

describe('a step policy says', () => {
  type Type = 'ExactCapacity' | 'ChangeInCapacity' | 'PercentChangeInCapacity';
  const stepping = (adjustmentType: Type, adjustment: number) =>
    new Scenario(
      environmentWith([
        {
          type: 'step',
          name: 'step',
          metric: { kind: 'cpu' },
          alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 60 },
          adjustmentType,
          steps: [{ lowerBound: 0, upperBound: null, adjustment }],
        },
      ]),
    );
  const cause = expect.stringMatching(/^monitor alarm .* in state ALARM triggered policy step$/);

  test.each([
    ['ExactCapacity', 12, 12, 'exactly 12 from 10 running; from 10 to 12 tasks'],
    ['ExactCapacity', 4, 4, 'exactly 4 from 10 running; from 10 to 4 tasks'],
    ['ChangeInCapacity', 2, 12, '+2 from 10 running; from 10 to 12 tasks'],
    ['ChangeInCapacity', -2, 8, '-2 from 10 running; from 10 to 8 tasks'],
    ['PercentChangeInCapacity', 50, 15, '+50 % from 10 running; from 10 to 15 tasks'],
    ['PercentChangeInCapacity', -50, 5, '-50 % from 10 running; from 10 to 5 tasks'],
  ] as const)('what %s by %d scaled to %d', (...[type, adjustment, to, reason]) => {
    expect(stepping(type, adjustment).minute({ [cpuKey]: 70 }).decisions).toEqual([
      {
        policy: 'step',
        outcome: 'scaled',
        from: 10,
        to,
        cause,
        reason: `${cpuKey} is 70 against a threshold of 60: ${reason}`,
      },
    ]);
  });

  test('that the capacity is there, or that its step changes nothing', () => {
    const stays = { outcome: 'not-scaled', reasonCode: 'AlreadyAtDesiredCapacity', from: 10, to: 10, cause };
    expect(stepping('ExactCapacity', 10).minute({ [cpuKey]: 70 }).decisions).toEqual([
      {
        policy: 'step',
        ...stays,
        reason: `${cpuKey} is 70 against a threshold of 60: exactly 10 from 10 running; 10 are desired already`,
      },
    ]);
    expect(stepping('ChangeInCapacity', 0).minute({ [cpuKey]: 70 }).decisions).toEqual([
      {
        policy: 'step',
        ...stays,
        reason: `${cpuKey} is 70 against a threshold of 60: its step changes nothing`,
      },
    ]);
  });
});

describe('a scheduled action says', () => {
  const acting = (
    action: { readonly minCapacity?: number; readonly maxCapacity?: number },
    rest: Parameters<typeof environmentWith>[1] & { readonly deploymentInProgress?: boolean } = {},
  ) => {
    const { deploymentInProgress = false, ...environment } = rest;
    const scheduled = {
      type: 'scheduled',
      name: 'act',
      schedule: 'at(2026-01-01T00:01:00)',
      ...action,
    } as const;
    return new Scenario(environmentWith([scheduled], environment)).minute({}, { deploymentInProgress });
  };
  const cause = (bounds: string) => `scheduled action act was triggered: ${bounds}`;

  test('which bounds brought the count where', () => {
    expect(acting({ minCapacity: 12 }).decisions).toEqual([
      {
        policy: 'act',
        outcome: 'scaled',
        from: 10,
        to: 12,
        cause: cause('minimum capacity was set to 12'),
        reason: 'capacity is now between 12 and 20, and 10 is outside',
      },
    ]);
    expect(acting({ minCapacity: 2, maxCapacity: 8 }).decisions).toEqual([
      {
        policy: 'act',
        outcome: 'scaled',
        from: 10,
        to: 8,
        cause: cause('minimum capacity was set to 2 and maximum capacity was set to 8'),
        reason: 'capacity is now between 2 and 8, and 10 is outside',
      },
    ]);
  });

  test('nothing where the count lies within, at either end too', () => {
    for (const bounds of [{ minCapacity: 10 }, { maxCapacity: 10 }]) {
      const { decisions, desired, state } = acting(bounds);
      expect(decisions).toEqual([]);
      expect(desired).toBe(10);
      expect(state).toMatchObject({ min: bounds.minCapacity ?? 1, max: bounds.maxCapacity ?? 20 });
    }
  });

  test('the count that both bounds leave', () => {
    expect(acting({ minCapacity: 20 }).desired).toBe(20);
  });

  test('that a deployment keeps it from scaling in, and not from scaling out', () => {
    const deploymentInProgress = true;
    const { decisions, state } = acting({ maxCapacity: 8 }, { deploymentInProgress });
    expect(decisions).toEqual([
      {
        policy: 'act',
        outcome: 'not-scaled',
        reasonCode: 'TargetServicePutResourceAsUnscalable',
        from: 10,
        to: 10,
        cause: cause('maximum capacity was set to 8'),
        reason:
          'capacity is now between 1 and 8, and 10 is outside, but nothing is scaled in while a deployment runs',
      },
    ]);
    expect(state).toMatchObject({ min: 1, max: 8 });
    expect(acting({ minCapacity: 12 }, { deploymentInProgress }).desired).toBe(12);
  });
});

describe('an alarm says', () => {
  const changes = (scenario: Scenario, minutes: number, percent: number | null) =>
    scenario
      .repeat(minutes, { [cpuKey]: percent })
      .alarmChanges.map(({ from, to, explain }) => [from, to, explain()]);

  test('which datapoints crossed the threshold, the newest first', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    scenario.minute({ [cpuKey]: 60 });
    scenario.minute({ [cpuKey]: 70 });
    expect(changes(scenario, 1, 80.25)).toEqual([
      [
        'INSUFFICIENT_DATA',
        'ALARM',
        'Threshold Crossed: 3 of the last 3 datapoints [80.25, 70, 60] were greater than the threshold (50); 3 of 3 make the ALARM state.',
      ],
    ]);
    expect(changes(scenario, 1, 50)).toEqual([
      [
        'ALARM',
        'OK',
        'Threshold Crossed: 2 of the last 3 datapoints [50, 80.25, 70] were greater than the threshold (50); 3 of 3 make the ALARM state.',
      ],
    ]);
  });

  test('five of many datapoints', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    expect(changes(scenario, 15, 20)).toEqual([
      [
        'INSUFFICIENT_DATA',
        'ALARM',
        'Threshold Crossed: 15 of the last 15 datapoints [20, 20, 20, 20, 20, ...] were less than the threshold (45); 15 of 15 make the ALARM state.',
      ],
    ]);
  });

  test('how many datapoints were unknown', () => {
    const scenario = new Scenario(environmentWith([trackCpu()]));
    scenario.repeat(3, { [cpuKey]: 75 });
    const unknown = Array.from({ length: 30 }, () => changes(scenario, 1, null)).flat();
    expect(unknown).toContainEqual([
      'ALARM',
      'INSUFFICIENT_DATA',
      'Insufficient Data: 5 datapoints were unknown.',
    ]);
  });

  test.each([
    ['GreaterThanThreshold', 61, 'greater than'],
    ['GreaterThanOrEqualToThreshold', 60, 'greater than or equal to'],
    ['LessThanThreshold', 59, 'less than'],
    ['LessThanOrEqualToThreshold', 60, 'less than or equal to'],
  ] as const)('how it compares: %s', (...[comparison, value, relation]) => {
    const below = comparison.startsWith('Less');
    const scenario = new Scenario(
      environmentWith([
        {
          type: 'step',
          name: 'step',
          metric: { kind: 'cpu' },
          alarm: { comparison, threshold: 60 },
          steps: [
            below
              ? { lowerBound: null, upperBound: 0, adjustment: -1 }
              : { lowerBound: 0, upperBound: null, adjustment: 1 },
          ],
        },
      ]),
    );
    expect(changes(scenario, 1, value)[0]?.[2]).toContain(
      `[${value}] were ${relation} the threshold (60); 1 of 1`,
    );
  });
});

test('of two scale-outs at once the larger one decides, and each policy is asked', () => {
  const scenario = new Scenario(environmentWith([trackCpu(), trackMemory()]));
  expect(scenario.repeat(3, { [cpuKey]: 60, [memoryKey]: 90 }).decisions).toMatchObject([
    { policy: 'memory', from: 10, to: 18 },
  ]);
});

test('scheduled actions that are due at one evaluation run in order of time', () => {
  const scheduled = (name: string, second: number, minCapacity: number) =>
    ({ type: 'scheduled', name, schedule: `at(2026-01-01T00:00:${second})`, minCapacity }) as const;
  const scenario = new Scenario(environmentWith([scheduled('later', 50, 12), scheduled('first', 30, 15)]));
  expect(scenario.minute({}).decisions).toMatchObject([{ policy: 'first', from: 10, to: 15 }]);
});
