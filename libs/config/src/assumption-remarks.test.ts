import { describe, expect, test } from '@jest/globals';
import { description, predictivePolicy, withPolicies } from '../test/descriptions.ts';
import { assumptionRemarks } from './assumption-remarks.ts';
import { assumptionCodes } from './codes/assumption-codes.ts';
import type { EnvironmentInput } from './environment.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';

const remarksOf = (over: Partial<EnvironmentInput>) =>
  Object.fromEntries(
    assumptionRemarks(resolveEnvironment(description(over))).map(({ code, message }) => [code, message]),
  );

const remarks = (assumptions: NonNullable<EnvironmentInput['assumptions']> = {}) =>
  remarksOf({ assumptions });

describe('assumptionRemarks', () => {
  test('has one sentence for every assumption, over the compute kinds', () => {
    const all = {
      ...remarks(),
      ...remarksOf({ compute: { kind: 'ecs-ec2' } }),
      ...remarksOf({ loadBalancer: { algorithm: 'weighted_random', anomalyMitigation: true } }),
      ...remarksOf({ compute: { kind: 'ec2-asg', warmPool: {} } }),
      ...remarksOf(withPolicies(predictivePolicy())),
    };
    expect(new Set(Object.keys(all))).toEqual(new Set(Object.keys(assumptionCodes)));
    for (const message of Object.values(all)) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  test('says nothing about what the environment does not have', () => {
    expect(remarks()).not.toHaveProperty('TL-ASSUME-INSTANCE-START');
    expect(remarksOf({ compute: { kind: 'ec2-asg' } })).not.toHaveProperty('TL-ASSUME-TASK-START');
    expect(remarksOf({ compute: { kind: 'ec2-asg' } })).not.toHaveProperty('TL-ASSUME-WARM-START');
  });

  test('says what is forecast, and how, where a policy forecasts', () => {
    expect(remarks()).not.toHaveProperty('TL-ASSUME-FORECAST');
    const forecast = (forecastPercentile?: number) =>
      remarksOf({ ...withPolicies(predictivePolicy()), assumptions: { forecastPercentile } })[
        'TL-ASSUME-FORECAST'
      ];
    expect(forecast()).toContain('by a model of its own: the median of the same hour');
    expect(forecast(90)).toContain('the 90th percentile of the same hour');
  });

  test('speaks of instances where there are instances', () => {
    const instances = remarksOf({ compute: { kind: 'ec2-asg' } });
    expect(instances['TL-ASSUME-SCALE-IN-STEPS']).toContain('one instance per evaluation of its alarm');
    expect(instances['TL-ASSUME-FLAPPING']).toContain('metric x instances now / instances then');
    expect(remarks()['TL-ASSUME-SCALE-IN-STEPS']).toContain('one task per scale-in cooldown');
  });

  test('states the values in force', () => {
    const changed = remarks({
      metricLagSeconds: 42,
      taskStartSeconds: { min: 1, max: 2 },
      idleRequests: 'missing',
    });
    expect(changed['TL-ASSUME-METRIC-LAG']).toContain('42 s after its period ends');
    expect(changed['TL-ASSUME-TASK-START']).toContain('1 to 2 s after');
    expect(changed['TL-ASSUME-IDLE-REQUESTS']).toContain('no request count at all');
    expect(remarks()['TL-ASSUME-IDLE-REQUESTS']).toContain('a request count of zero');
  });

  test('says until when requests go on to what is dead', () => {
    const deadTargetSeconds = { taskExit: 0, zoneLoss: 30 };
    expect(remarks()['TL-ASSUME-TASK-EXIT']).toContain(
      'each answered 502, until health checks have failed, or the service scheduler deregisters it after 5 s;',
    );
    expect(remarks({ deadTargetSeconds })['TL-ASSUME-TASK-EXIT']).toContain(
      'until the service scheduler deregisters it, which is at once;',
    );
    expect(remarks()['TL-ASSUME-ZONE-LOSS']).toContain('each answered 504, until health checks have failed;');
    expect(remarks({ deadTargetSeconds })['TL-ASSUME-ZONE-LOSS']).toContain(
      'or they are deregistered after 30 s;',
    );
    expect(remarks()).not.toHaveProperty('TL-ASSUME-INSTANCE-LOSS');
    for (const kind of ['ec2-asg', 'ecs-ec2'] as const)
      expect(remarksOf({ compute: { kind } })['TL-ASSUME-INSTANCE-LOSS']).toContain(
        'its status checks have it replaced after 120 s;',
      );
  });

  test('words what counts while instances warm up by its setting', () => {
    const warmUp = (warmingInstances: 'credited' | 'measured') =>
      remarksOf({ compute: { kind: 'ec2-asg' }, assumptions: { warmingInstances } })['TL-ASSUME-WARM-UP'];
    expect(warmUp('credited')).toContain('worked out from the warm ones');
    expect(warmUp('measured')).toContain('worked out from all that run');
  });

  test.each([
    ['TL-ASSUME-SCALE-IN-STEPS', { scaleInSteps: 'proportional' }],
    ['TL-ASSUME-FLAPPING', { predictFlapping: false }],
    ['TL-ASSUME-SCALE-IN-IN-COOLDOWN', { scaleInDuringScaleOutCooldown: 'allowed' }],
    ['TL-ASSUME-PREMATURE-ALARM', { prematureAlarm: 'evaluation-periods' }],
    ['TL-ASSUME-TOO-FEW-DATAPOINTS', { tooFewDatapoints: 'insufficient-data' }],
    ['TL-ASSUME-NEEDED-COUNT', { neededCount: 'now' }],
    ['TL-ASSUME-TRACKED-VALUE', { trackedValue: 'average' }],
    ['TL-ASSUME-EVALUATION-RANGE', { extraEvaluationDatapoints: 0 }],
  ] as const)('words %s by its setting', (code, assumptions) => {
    expect(remarks(assumptions)[code]).not.toBe(remarks()[code]);
  });
});
