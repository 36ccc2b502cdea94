import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput } from '../environment.ts';
import { loadProfile, presetInput } from '../presets/presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { environmentWarnings } from '../warnings/environment-warnings.ts';
import { capacityFacts } from './compute-kinds.ts';
import { creditUses } from './credit-use.ts';

const group = (compute: object, over: Partial<EnvironmentInput> = {}) =>
  resolveEnvironment({
    ...presetInput('stateless-asg'),
    compute: { kind: 'ec2-asg', ...compute },
    ...over,
  });
const hosts = (compute: object) =>
  resolveEnvironment({
    ...presetInput('flash-sale'),
    compute: { kind: 'ecs-ec2', instanceType: 't2.small', ...compute },
  });
const holding = (targetPercent: number): Partial<EnvironmentInput> => ({
  scaling: {
    policies: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent } }],
  },
});
const warningsOf = (environment: ReturnType<typeof group>) =>
  environmentWarnings(environment, loadProfile('steady')).filter(
    ({ code }) => code === 'TL-WARN-CPU-CREDITS',
  );

test.each([
  ['t2.micro', 'standard'],
  ['t3.micro', 'unlimited'],
  ['t4g.large', 'unlimited'],
] as const)('%s is launched in %s mode unless told otherwise', (instanceType, mode) => {
  expect(capacityFacts(group({ instanceType })).cpuCredits).toBe(mode);
  const other = mode === 'standard' ? 'unlimited' : 'standard';
  expect(capacityFacts(group({ instanceType, cpuCredits: other })).cpuCredits).toBe(other);
});

test('Fargate tasks have no credits', () => {
  const environment = resolveEnvironment(presetInput('load-driven'));
  expect([capacityFacts(environment).cpuCredits, creditUses(environment)]).toEqual([null, []]);
});

describe('a policy on CPU in standard mode', () => {
  test('that scales out above the baseline is a warning with both figures', () => {
    const [warning] = warningsOf(group({ cpuCredits: 'standard' }));
    expect(warning?.message).toBe(
      'scales out at 50 % of CPU, which is 1 vCPU of a t3.micro, and in standard mode that type earns 0.2: once its credits are gone it is held to 10 %, so that the policy never acts. Set compute.cpuCredits to unlimited, scale out at 10 % or less, or choose a larger type',
    );
  });

  test('at the baseline is none, nor is any in unlimited mode', () => {
    expect(warningsOf(group({ cpuCredits: 'standard' }, holding(10)))).toEqual([]);
    expect(warningsOf(group({ cpuCredits: 'standard' }, holding(11)))).toHaveLength(1);
    expect(warningsOf(group({}))).toEqual([]);
  });

  test('of tasks counts as many as an instance has room for', () => {
    // A task of 256 CPU units at 50 % is 0.125 vCPU; a t2.small earns 0.2 and has room for three.
    expect(creditUses(hosts({ taskPerInstance: true }))).toEqual([]);
    expect(creditUses(hosts({ taskPerInstance: false }))).toMatchObject([
      { vcpus: 0.375, baselineVcpus: 0.2 },
    ]);
    expect(warningsOf(hosts({ taskPerInstance: false }))).toHaveLength(1);
  });
});
