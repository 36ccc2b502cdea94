import { expect, test } from '@jest/globals';
import { Scenario, cpuKey, environmentWith, memoryKey, trackCpu, trackMemory } from './scenario.ts';

const out = {
  type: 'step',
  name: 'out',
  metric: { kind: 'cpu' },
  alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 50 },
  cooldownSeconds: 60,
} as const;
const oneMore = { ...out, steps: [{ lowerBound: 0, adjustment: 1 }] };
const oneLess = {
  type: 'step' as const,
  name: 'in',
  metric: { kind: 'cpu' as const },
  alarm: { comparison: 'LessThanOrEqualToThreshold' as const, threshold: 20 },
  steps: [{ upperBound: 0, adjustment: -1 }],
  cooldownSeconds: 60,
};

test('a pair of step policies adds one task at 50 % and takes one away at 20 %', () => {
  const scenario = new Scenario(
    environmentWith([oneMore, oneLess], { capacity: { min: 2, max: 4, desired: 2 } }),
  );
  expect(scenario.minute({ [cpuKey]: 50 }).decisions).toEqual([
    {
      policy: 'out',
      outcome: 'scaled',
      from: 2,
      to: 3,
      cause: 'monitor alarm tideline-dev-api-scaling-out in state ALARM triggered policy out',
      reason:
        'AWS/ECS/CPUUtilization/Average is 50 against a threshold of 50: +1 from 2 running; from 2 to 3 tasks',
    },
  ]);
  expect(scenario.minute({ [cpuKey]: 35 }).decisions).toEqual([]);
  expect(scenario.minute({ [cpuKey]: 20 }).desired).toBe(2);
  expect(scenario.repeat(2, { [cpuKey]: 20 }).decisions).toEqual([]);
  expect(scenario.state.reported).toEqual([null, 'AlreadyAtMinCapacity']);
});

test('an alarm fires again at every evaluation while it stays in ALARM', () => {
  const scenario = new Scenario(environmentWith([oneMore]));
  expect(scenario.repeat(5, { [cpuKey]: 60 }).desired).toBe(15);
});

test('a value that no step covers is a failure, told once', () => {
  const gap = { ...out, steps: [{ lowerBound: 20, adjustment: 1 }] };
  const environment = environmentWith([oneMore]);
  const scenario = new Scenario({
    ...environment,
    scaling: {
      ...environment.scaling,
      policies: environmentWith([{ ...gap, steps: [{ lowerBound: 0, adjustment: 1 }] }]).scaling.policies.map(
        (policy) =>
          policy.type === 'step'
            ? { ...policy, steps: [{ lowerBound: 20, upperBound: null, adjustment: 1 }] }
            : policy,
      ),
    },
  });
  expect(scenario.minute({ [cpuKey]: 60 }).decisions).toEqual([
    {
      policy: 'out',
      outcome: 'failed',
      from: 10,
      to: 10,
      cause: 'monitor alarm tideline-dev-api-scaling-out in state ALARM triggered policy out',
      reason: 'No step adjustment found for metric value 60 and breach delta 10',
    },
  ]);
  expect(scenario.repeat(3, { [cpuKey]: 60 }).decisions).toEqual([]);
  expect(scenario.minute({ [cpuKey]: 75 }).desired).toBe(11);
});

test.each([
  ['Average', 12],
  ['Minimum', 11],
  ['Maximum', 13],
] as const)('the %s of the alarm’s datapoints picks the step', (aggregation, desired) => {
  const policy = {
    ...out,
    alarm: { ...out.alarm, evaluationPeriods: 3, datapointsToAlarm: 3 },
    aggregation,
    steps: [
      { lowerBound: 0, upperBound: 10, adjustment: 1 },
      { lowerBound: 10, upperBound: 20, adjustment: 2 },
      { lowerBound: 20, adjustment: 3 },
    ],
  };
  const scenario = new Scenario(environmentWith([policy]));
  scenario.minute({ [cpuKey]: 52 });
  scenario.minute({ [cpuKey]: 65 });
  expect(scenario.minute({ [cpuKey]: 75 }).desired).toBe(desired);
});

test('of +3 and +200 % on ten tasks the larger wins: thirty', () => {
  const percent = {
    ...oneMore,
    name: 'percent',
    adjustmentType: 'PercentChangeInCapacity' as const,
    steps: [{ lowerBound: 0, adjustment: 200 }],
  };
  const change = { ...oneMore, name: 'change', steps: [{ lowerBound: 0, adjustment: 3 }] };
  const scenario = new Scenario(
    environmentWith([change, percent], { capacity: { min: 1, max: 50, desired: 10 } }),
  );
  expect(scenario.minute({ [cpuKey]: 60 }).decisions).toMatchObject([
    { policy: 'percent', from: 10, to: 30 },
  ]);
});

test('of two scale-ins the one that keeps more tasks wins', () => {
  const three = { ...oneLess, name: 'three', steps: [{ upperBound: 0, adjustment: -3 }] };
  const scenario = new Scenario(environmentWith([three, oneLess]));
  expect(scenario.minute({ [cpuKey]: 10 }).decisions).toMatchObject([{ policy: 'in', to: 9 }]);
});

test('a step scale-in is not blocked by a tracker that is not ready, and the tracker may scale out again', () => {
  const scenario = new Scenario(environmentWith([oneLess, trackMemory()]));
  expect(scenario.repeat(3, { [cpuKey]: 10, [memoryKey]: 48 }).desired).toBe(7);
  expect(scenario.repeat(3, { [cpuKey]: 10, [memoryKey]: 60 }).decisions).toMatchObject([
    { policy: 'memory', outcome: 'scaled' },
  ]);
});

test('a step scale-out wins over trackers that agree to scale in', () => {
  const memoryOut = { ...oneMore, metric: { kind: 'memory' as const } };
  const scenario = new Scenario(environmentWith([trackCpu(), memoryOut]));
  scenario.repeat(14, { [cpuKey]: 5, [memoryKey]: 10 });
  expect(scenario.minute({ [cpuKey]: 5, [memoryKey]: 60 }).desired).toBe(11);
});

test('a percentage of nothing starts the smallest capacity', () => {
  const percent = {
    ...oneMore,
    adjustmentType: 'PercentChangeInCapacity' as const,
    steps: [{ lowerBound: 0, adjustment: 10 }],
  };
  const scenario = new Scenario(environmentWith([percent], { capacity: { min: 0, max: 5, desired: 0 } }));
  expect(scenario.minute({ [cpuKey]: 60 }).desired).toBe(1);
});

test('an exact capacity moves either way', () => {
  const exact = {
    ...out,
    adjustmentType: 'ExactCapacity' as const,
    steps: [
      { lowerBound: 0, upperBound: 20, adjustment: 4 },
      { lowerBound: 20, adjustment: 16 },
    ],
  };
  const scenario = new Scenario(environmentWith([exact]));
  expect(scenario.minute({ [cpuKey]: 80 }).desired).toBe(16);
  expect(scenario.repeat(2, { [cpuKey]: 60 }).desired).toBe(4);
});

const exactly = (adjustment: number) => ({
  ...out,
  name: 'exactly',
  adjustmentType: 'ExactCapacity' as const,
  steps: [{ lowerBound: 0, adjustment }],
});

test('an exact capacity of nothing is nothing, also before the first task runs', () => {
  const environment = environmentWith([exactly(0)], { capacity: { min: 0, max: 5, desired: 1 } });
  expect(new Scenario(environment).minute({ [cpuKey]: 60 }, { running: 0 }).desired).toBe(0);
});

test('an exact capacity that is reached already keeps what another policy would take away: the larger wins', () => {
  const memoryIn = { ...oneLess, metric: { kind: 'memory' as const } };
  const scenario = new Scenario(environmentWith([exactly(10), memoryIn]));
  expect(scenario.minute({ [cpuKey]: 60, [memoryKey]: 10 })).toMatchObject({
    desired: 10,
    decisions: [{ policy: 'exactly', reasonCode: 'AlreadyAtDesiredCapacity' }],
  });
});

const idleBand = {
  ...out,
  name: 'band',
  alarm: { comparison: 'LessThanThreshold' as const, threshold: 30 },
  steps: [
    { lowerBound: -20, upperBound: 0, adjustment: 0 },
    { upperBound: -20, adjustment: -2 },
  ],
};

test('a band of steps that changes nothing says so once, and keeps no other policy from scaling in', () => {
  const scenario = new Scenario(environmentWith([idleBand, trackMemory()]));
  const { decisions } = scenario.minute({ [cpuKey]: 20, [memoryKey]: 10 });
  expect(decisions).toEqual([
    {
      policy: 'band',
      outcome: 'not-scaled',
      from: 10,
      to: 10,
      cause: 'monitor alarm tideline-dev-api-scaling-band in state ALARM triggered policy band',
      reason: 'AWS/ECS/CPUUtilization/Average is 20 against a threshold of 30: its step changes nothing',
      reasonCode: 'AlreadyAtDesiredCapacity',
    },
  ]);
  expect(scenario.repeat(13, { [cpuKey]: 20, [memoryKey]: 10 }).decisions).toEqual([]);
  expect(scenario.minute({ [cpuKey]: 20, [memoryKey]: 10 }).decisions).toMatchObject([
    { policy: 'memory', outcome: 'scaled', from: 10, to: 9 },
  ]);
});

test.each([
  [0, 2],
  [1, 0],
])('with %d running and %d desired a tracker goes by its alarm, not by any demand', (running, desired) => {
  const scenario = new Scenario(
    environmentWith([idleBand, trackMemory()], { capacity: { min: 0, max: 5, desired } }),
  );
  const { decisions } = scenario.minute({ [cpuKey]: 20, [memoryKey]: 20 }, { running });
  expect(decisions.map(({ policy }) => policy)).toEqual(['band']);
  expect(scenario.desired).toBe(desired);
});

test('a band of zero percent keeps no other step policy from scaling in', () => {
  const band = {
    ...out,
    name: 'band',
    adjustmentType: 'PercentChangeInCapacity' as const,
    alarm: { comparison: 'GreaterThanOrEqualToThreshold' as const, threshold: 10 },
    steps: [
      { lowerBound: 0, upperBound: 40, adjustment: 0 },
      { lowerBound: 40, adjustment: 50 },
    ],
  };
  const scenario = new Scenario(environmentWith([band, oneLess]));
  expect(scenario.minute({ [cpuKey]: 15 })).toMatchObject({
    desired: 9,
    decisions: [
      { policy: 'band', outcome: 'not-scaled' },
      { policy: 'in', outcome: 'scaled' },
    ],
  });
  expect(scenario.minute({ [cpuKey]: 60 }).desired).toBe(13);
});
