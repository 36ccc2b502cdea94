import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  cpuPolicy,
  description,
  scheduledAction,
  stepPolicy,
  withPolicies,
} from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { Environment, EnvironmentInput } from '../environment.ts';
import { parseResolvedEnvironment } from './parse-resolved-environment.ts';
import { presetInput, presetNames } from '../presets/presets.ts';
import { resolveEnvironment, resolveLoadProfile } from './resolve-environment.ts';

const count = fc.integer({ min: 0, max: 40 });

/** Descriptions with every kind of policy, most of them valid. */
const descriptions: fc.Arbitrary<EnvironmentInput> = fc
  .record({
    min: fc.integer({ min: 0, max: 5 }),
    more: count,
    cpu: fc.integer({ min: 1, max: 100 }),
    requests: fc.integer({ min: 1, max: 10_000 }),
    resolutionSeconds: fc.constantFrom(60 as const, 20 as const),
    stage: fc.constantFrom('dev', 'load', 'prod'),
  })
  .map(({ min, more, cpu, requests, resolutionSeconds, stage }) => ({
    ...withPolicies(
      cpuPolicy({ metric: { kind: 'cpu', targetPercent: cpu } }),
      cpuPolicy({ name: 'r', metric: { kind: 'requests-per-target', requestsPerTargetPerSecond: requests } }),
      stepPolicy(),
      scheduledAction({ minCapacity: min }),
    ),
    stage,
    capacity: { min, max: min + more, desired: min },
    monitoring: { resolutionSeconds },
  }));

/** The value and everything in it. */
const everyNode = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(everyNode)] : [value];

describe('resolveEnvironment', () => {
  test('accepts exactly the capacities with min <= desired <= max', () => {
    fc.assert(
      fc.property(count, count, count, (min, desired, max) => {
        const resolve = () => resolveEnvironment(description({ capacity: { min, desired, max } }));
        if (min <= desired && desired <= max) expect(resolve().capacity).toEqual({ min, desired, max });
        else expect(resolve).toThrow('TL-CONFIG-CAPACITY-BOUNDS');
      }),
    );
  });

  test('changes nothing in what it has resolved', () => {
    fc.assert(
      fc.property(descriptions, (input) => {
        const resolved = resolveEnvironment(input);
        expect(resolveEnvironment(resolved as unknown as EnvironmentInput)).toEqual(resolved);
      }),
      { numRuns: 40 },
    );
  });

  test('freezes all of it and leaves nothing undefined', () => {
    fc.assert(
      fc.property(descriptions, (input) => {
        const loose = everyNode(resolveEnvironment(input)).filter(
          (node) => node === undefined || !Object.isFrozen(node),
        );
        expect(loose).toEqual([]);
      }),
    );
  });

  test('fills alarm windows and metric lag in by the resolution', () => {
    const windows = (environment: Environment) =>
      environment.scaling.policies.map(
        (policy) => policy.type === 'target-tracking' && policy.lowAlarm.evaluationPeriods,
      );
    const policies = withPolicies(
      cpuPolicy(),
      cpuPolicy({ name: 'r', metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 } }),
    );
    const coarse = resolveEnvironment(policies);
    const fine = resolveEnvironment({ ...policies, monitoring: { resolutionSeconds: 20 } });
    expect([windows(coarse), coarse.assumptions.metricLagSeconds]).toEqual([[15, 15], 168]);
    expect([windows(fine), fine.assumptions.metricLagSeconds]).toEqual([[30, 15], 22.5]);
  });

  test('lets a step alarm ask for all of its datapoints unless it says how many', () => {
    const datapointsToAlarm = (alarm: { evaluationPeriods?: number; datapointsToAlarm?: number }) => {
      const { scaling } = resolveEnvironment(
        withPolicies(
          stepPolicy({
            alarm: { comparison: 'GreaterThanThreshold', threshold: 50, ...alarm },
            aggregation: 'Maximum',
          }),
        ),
      );
      const [policy] = scaling.policies;
      return policy?.type === 'step' ? policy.alarm.datapointsToAlarm : undefined;
    };
    expect(datapointsToAlarm({})).toBe(1);
    expect(datapointsToAlarm({ evaluationPeriods: 3 })).toBe(3);
    expect(datapointsToAlarm({ evaluationPeriods: 3, datapointsToAlarm: 2 })).toBe(2);
  });

  test.each([
    [60, 363, 386],
    [20, 86, 109],
  ] as const)(
    'assumes times that reproduce the published scale-out at %s s within 5 %%',
    (resolutionSeconds, decisionSeconds, capacitySeconds) => {
      const { assumptions, scaling } = resolveEnvironment({
        ...withPolicies(cpuPolicy()),
        monitoring: { resolutionSeconds },
      });
      const [policy] = scaling.policies;
      const periods = policy?.type === 'target-tracking' ? policy.highAlarm.evaluationPeriods : 0;
      // Load half as high again as the target: the period in which it begins breaches when it holds two thirds of it.
      const ownPeriods = periods - 1 / 2 + 2 / 3;
      const decided = ownPeriods * resolutionSeconds + assumptions.metricLagSeconds;
      const started = (assumptions.taskStartSeconds.min + assumptions.taskStartSeconds.max) / 2;
      expect(Math.abs(decided / decisionSeconds - 1)).toBeLessThan(0.05);
      expect(Math.abs((decided + started) / capacitySeconds - 1)).toBeLessThan(0.05);
    },
  );
});

describe('parseResolvedEnvironment', () => {
  test.each(presetNames)('reads %s back from JSON as it was', (name) => {
    const resolved = resolveEnvironment(presetInput(name));
    const parsed = parseResolvedEnvironment(JSON.parse(JSON.stringify(resolved)));
    expect(parsed).toEqual(resolved);
    expect(Object.isFrozen(parsed.scaling.policies)).toBe(true);
  });

  test('reads any description back', () => {
    fc.assert(
      fc.property(descriptions, (input) => {
        const resolved = resolveEnvironment(input);
        expect(parseResolvedEnvironment(JSON.parse(JSON.stringify(resolved)))).toEqual(resolved);
      }),
      { numRuns: 40 },
    );
  });

  test('does not fill in what is missing', () => {
    const rest = { ...resolveEnvironment(presetInput('load-driven')), stage: undefined };
    expect(() => parseResolvedEnvironment(rest)).toThrow('TL-CONFIG-NOT-RESOLVED stage: got nothing');
  });

  test.each([[undefined], [null], [[]], ['text'], [{}]])('refuses %j', (json) => {
    expect(() => parseResolvedEnvironment(json)).toThrow(ConfigurationError);
  });
});

test('resolveLoadProfile names the mistyped field of a stage', () => {
  expect(() =>
    resolveLoadProfile({ name: 'x', stages: [{ users: 1, holdSecond: 3 }], endpoints: [{ path: '/' }] }),
  ).toThrow(
    'TL-CONFIG-UNKNOWN-FIELD stages.0.holdSecond: got 3 for a field that does not exist; did you mean "holdSeconds"?',
  );
});
