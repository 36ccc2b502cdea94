import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../src/configuration-error.ts';
import { environmentJsonSchema } from '../docs/environment-json-schema.ts';
import type { EnvironmentInput } from '../src/environment.ts';
import { resolveEnvironment } from '../src/resolve/resolve-environment.ts';
import { description, stepPolicy, withPolicies } from './descriptions.ts';

/** Descriptions as they arrive from a file: of no type that was checked. */
const messageOf = (over: unknown): string => {
  try {
    resolveEnvironment({ ...description(), ...(over as EnvironmentInput) });
    return '';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
};

const policies = (...list: unknown[]) => ({ scaling: { policies: list } });

describe('a message says what was got, what is allowed and how to fix it', () => {
  test.each([
    [
      { capacity: { min: 'three' } },
      'TL-CONFIG-SCHEMA capacity.min: got "three"; allowed: a whole number from 0 to 5000. Set an allowed value, or leave the field out for 1 (Fewest tasks that scaling may leave)',
    ],
    [
      { loadBalancer: { slowStartSeconds: 5 } },
      'TL-CONFIG-SCHEMA loadBalancer.slowStartSeconds: got 5; allowed: 0, or a whole number from 30 to 900. Set an allowed value, or leave the field out for 0 (Time over which a new target’s share grows to its full size; 0 is off. Only with round_robin)',
    ],
    [
      { region: 'europe' },
      'TL-CONFIG-SCHEMA region: got "europe"; must be an AWS Region such as eu-west-1. Set an allowed value, or leave the field out for "us-east-1" (AWS Region)',
    ],
    [
      { monitoring: { resolutionSeconds: 30 } },
      'TL-CONFIG-SCHEMA monitoring.resolutionSeconds: got 30; allowed: one of 60, 20. Set an allowed value, or leave the field out for 60 (Resolution of the service’s CPU and memory metrics; other metrics stay at 60 s)',
    ],
    [
      { capacity: { mni: 1 } },
      'TL-CONFIG-UNKNOWN-FIELD capacity.mni: got 1 for a field that does not exist; did you mean "min"? Allowed: min, max, desired. Rename or remove it',
    ],
    [
      policies({ type: 'target-trackin' }),
      'TL-CONFIG-SCHEMA scaling.policies.0.type: got "target-trackin"; did you mean "target-tracking"? Allowed: target-tracking, step, scheduled, predictive. Set one of them, with the fields that belong to it',
    ],
    [
      policies({
        type: 'target-tracking',
        name: 'cpu',
        metric: { kind: 'cpu', targetPercent: 50, statistic: 'p99' },
      }),
      'TL-CONFIG-UNKNOWN-FIELD scaling.policies.0.metric.statistic: got "p99" for a field that does not exist; Allowed: kind, targetPercent. Rename or remove it',
    ],
    [
      policies({ type: 'target-tracking', name: 'r', metric: { kind: 'requests-per-target' } }),
      'TL-CONFIG-SCHEMA scaling.policies.0.metric: got {"kind":"requests-per-target"}; give exactly one of requestsPerTargetPerMinute and requestsPerTargetPerSecond. Set an allowed value',
    ],
    [
      { compute: { kind: 'lambda' } },
      'TL-CONFIG-SCHEMA compute.kind: got "lambda"; Allowed: fargate, ec2-asg, ecs-ec2. Set one of them, with the fields that belong to it',
    ],
    [
      { capacity: { min: 5, desired: 5, max: 3 } },
      'TL-CONFIG-CAPACITY-BOUNDS capacity: min <= desired <= max must hold; got min 5, desired 5, max 3. Lower min to 3, or raise max to 5, with desired between them',
    ],
    [
      { capacity: { min: 2, desired: 5, max: 3 } },
      'TL-CONFIG-CAPACITY-BOUNDS capacity: min <= desired <= max must hold; got min 2, desired 5, max 3. Set desired to a value from 2 to 3, or move the bound',
    ],
    [
      { compute: { kind: 'fargate', cpuUnits: 512, memoryMiB: 8192 } },
      'TL-CONFIG-FARGATE-SIZE compute: Fargate does not offer memoryMiB 8192 with cpuUnits 512; allowed there: 1024, 2048, 3072, 4096. Set memoryMiB to 4096, or choose another cpuUnits',
    ],
    [
      { healthCheck: { timeoutSeconds: 40 } },
      'TL-CONFIG-HEALTH-CHECK-TIMEOUT healthCheck: timeoutSeconds must be below intervalSeconds; got timeout 40, interval 30. Lower the timeout, or raise the interval above 40',
    ],
    [
      withPolicies(stepPolicy({ steps: [{ lowerBound: 10, adjustment: 1 }] })),
      'TL-CONFIG-STEP-UNMATCHED scaling.policies.steps.steps: the alarm breaches at every value above the threshold (GreaterThanOrEqualToThreshold 50), and the steps cover 10 to null (no bound) relative to it. Let them cover 0 to null',
    ],
  ])('%j', (over, message) => {
    expect(messageOf(over)).toBe(message);
  });
});

test('several problems stand on lines of their own', () => {
  expect(messageOf({ region: 'x', stage: 'Y' }).split('\n')).toHaveLength(2);
});

test('the JSON Schema fits a file that gives some fields, and allows none that do not exist', () => {
  const schema = environmentJsonSchema();
  expect(schema).toMatchObject({
    title: 'Tideline environment',
    type: 'object',
    additionalProperties: false,
  });
  expect(schema).not.toHaveProperty('required');
});
