import { describe, expect, test } from '@jest/globals';
import type { Environment } from '@tideline/config';
import { serviceEnvironment } from '@tideline/config/testing';
import { environmentWith } from './scenario.ts';
import { replay } from '../src/replay/replay.ts';
import { type Datapoint, type RecordedRun, otherChoices, planScaling } from '../src/index.ts';

const requestsKey = 'AWS/ApplicationELB/RequestCountPerTarget/Sum';

const environment = serviceEnvironment({
  capacity: { min: 2, max: 10, desired: 2 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'requests',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 100 },
        scaleOutCooldownSeconds: 60,
        scaleInCooldownSeconds: 60,
      },
    ],
  },
  assumptions: { metricLagSeconds: 0 },
});

/** Minutes of 800 requests, then of none, on the tasks that ran: 2, and 8 from the fourth minute on. */
const recorded = (quietMinutes: number): RecordedRun => {
  const minute = (index: number): Datapoint => {
    const running = index < 3 ? 2 : 8;
    const value = index < 10 ? 800 / running : 0;
    return { startSeconds: index * 60, value, running };
  };
  const datapoints = Array.from({ length: 10 + quietMinutes }, (_, index) => minute(index));
  return {
    fromSeconds: 0,
    toSeconds: (10 + quietMinutes) * 60,
    desired: 2,
    datapoints: new Map([[requestsKey, datapoints]]),
  };
};

const effects = (run: RecordedRun, over: Environment = environment) =>
  Object.fromEntries(otherChoices(over, run).map(({ choice, effect }) => [choice, effect]));

describe('what other choices would have made of a run', () => {
  test('says what each would have decided, against what was decided', () => {
    const { 'scaleInSteps=proportional': proportional, 'idleRequests=missing': missing } = effects(
      recorded(25),
    );
    const inForce = '1 scale-out and 6 scale-ins (peak 8, end 2)';
    expect(proportional).toBe(
      `On this run assumptions.scaleInSteps=proportional would have made 1 scale-out and 1 scale-in (peak 8, end 2), instead of ${inForce}.`,
    );
    expect(missing).toBe(
      `On this run assumptions.idleRequests=missing would have made 1 scale-out and 0 scale-ins (peak 8, end 8), instead of ${inForce}.`,
    );
  });

  test('says so where nothing would have been otherwise', () => {
    const same = effects(recorded(25));
    expect(same['trackedValue=average']).toBe(
      'On this run assumptions.trackedValue=average would have decided the same.',
    );
    expect(same['prematureAlarm=evaluation-periods']).toContain('would have decided the same');
  });

  test('spreads the load over the tasks that there would have been', () => {
    const { 'neededCount=now': now } = effects({
      ...recorded(0),
      datapoints: new Map([
        [
          requestsKey,
          // 350 requests in all: 4 tasks; the third minute already has them.
          [1, 2, 3, 4, 5, 6].map((index) => ({
            startSeconds: (index - 1) * 60,
            value: index < 4 ? 175 : 87.5,
            running: index < 4 ? 2 : 4,
          })),
        ],
      ]),
    });
    expect(now).toBe('On this run assumptions.neededCount=now would have decided the same.');
  });

  test('offers each setting but the one in force, and those alone that the environment has', () => {
    const choices = otherChoices(environment, recorded(0)).map(({ choice }) => choice);
    expect(choices).toEqual([
      'scaleInSteps=proportional',
      'idleRequests=missing',
      'extraEvaluationDatapoints=0',
      'prematureAlarm=evaluation-periods',
      'tooFewDatapoints=insufficient-data',
      'neededCount=now',
      'trackedValue=average',
      'predictFlapping=false',
      'scaleInDuringScaleOutCooldown=allowed',
    ]);
  });

  test('fills in the zeros that a silent balancer did not report', () => {
    const silent = recorded(25);
    const reported = (silent.datapoints.get(requestsKey) ?? []).filter(({ value }) => value > 0);
    const missing = {
      ...environment,
      assumptions: { ...environment.assumptions, idleRequests: 'missing' },
    } as const;
    const { 'idleRequests=zero': zero } = effects(
      { ...silent, datapoints: new Map([[requestsKey, reported]]) },
      missing,
    );
    expect(zero).toContain(
      'would have made 1 scale-out and 6 scale-ins (peak 8, end 2), instead of 1 scale-out and 0',
    );
  });

  test('takes the run as it is for each choice but that of idle requests', () => {
    const silent = recorded(25);
    const reported = (silent.datapoints.get(requestsKey) ?? []).filter(({ value }) => value > 0);
    const { 'predictFlapping=false': flapping } = effects({
      ...silent,
      datapoints: new Map([[requestsKey, reported]]),
    });
    expect(flapping).toBe('On this run assumptions.predictFlapping=false would have decided the same.');
  });

  test('fills in nothing of a metric that is there without requests as well', () => {
    const busy = environmentWith(
      [
        {
          type: 'step',
          name: 'in',
          metric: { kind: 'cpu' },
          alarm: { comparison: 'LessThanThreshold', threshold: 50 },
          steps: [{ lowerBound: null, upperBound: 0, adjustment: -1 }],
          cooldownSeconds: 0,
        },
      ],
      { capacity: { min: 1, max: 10, desired: 2 }, assumptions: { idleRequests: 'missing' } },
    );
    const [metric] = planScaling(busy).metrics;
    const datapoints = [70, 70].map((value, minute) => ({ startSeconds: 60 * minute, value }));
    const run = {
      ...{ fromSeconds: 0, toSeconds: 600, desired: 2 },
      datapoints: new Map([[metric?.key ?? '', datapoints]]),
    };
    expect(effects(run, busy)['idleRequests=zero']).toContain('would have decided the same');
  });

  test('fills in nothing before the first datapoint, where an alarm counts what is missing', () => {
    const eager = environmentWith(
      [
        {
          type: 'step',
          name: 'out',
          metric: { kind: 'requests-per-target' },
          alarm: {
            comparison: 'GreaterThanThreshold',
            threshold: 100,
            evaluationPeriods: 2,
            treatMissingData: 'breaching',
          },
          steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }],
          cooldownSeconds: 0,
        },
      ],
      { capacity: { min: 1, max: 10, desired: 2 }, assumptions: { idleRequests: 'missing' } },
    );
    const run = {
      ...{ fromSeconds: 0, toSeconds: 240, desired: 2 },
      datapoints: new Map([[requestsKey, [{ startSeconds: 180, value: 150 }]]]),
    };
    expect(replay(eager, run).finalDesired).toBe(3);
    expect(effects(run, eager)['idleRequests=zero']).toContain('would have decided the same');
    const nothing = { ...run, datapoints: new Map<string, readonly Datapoint[]>() };
    expect(effects(nothing, eager)['idleRequests=zero']).toContain('would have decided the same');
  });
});
