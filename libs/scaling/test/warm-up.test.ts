import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput } from '@tideline/config';
import { groupEnvironment } from '@tideline/config/testing';
import fc from 'fast-check';
import { type Simulation, simulate } from '../src/index.ts';
import { Scenario, environmentWith, trackCpu } from './scenario.ts';

const cpuKey = 'AWS/EC2/CPUUtilization/Average';
const compute = { kind: 'ec2-asg', warmupSeconds: 300 } as const;
const steps = [
  { lowerBound: 0, upperBound: 20, adjustment: 1 },
  { lowerBound: 20, upperBound: null, adjustment: 3 },
];
const stepOut = {
  type: 'step',
  name: 'out',
  metric: { kind: 'cpu' },
  alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 60 },
  steps,
  cooldownSeconds: 300,
} as const;
type PolicyInput = Parameters<typeof environmentWith>[0][number];

const group = (policies: readonly PolicyInput[] = [trackCpu()], rest: Partial<EnvironmentInput> = {}) =>
  new Scenario(environmentWith(policies, { compute, ...rest }));
/** So many warm instances, and others that are on their way or warm up. */
const counts = (warm: number, warming: number) => ({ running: warm, warmup: { warm, warming } });

describe('while instances warm up', () => {
  test('a scale-out is credited with them', () => {
    const scenario = group();
    expect(scenario.repeat(3, { [cpuKey]: 75 }, counts(10, 0)).desired).toBe(15);
    expect(scenario.repeat(3, { [cpuKey]: 75 }, counts(10, 5)).desired).toBe(15);
  });

  test('a scale-out beyond them is not held back', () => {
    const scenario = group();
    expect(scenario.repeat(3, { [cpuKey]: 75 }, counts(10, 0)).desired).toBe(15);
    const { desired, decisions } = scenario.minute({ [cpuKey]: 90 }, counts(10, 5));
    expect(desired).toBe(18);
    expect(decisions).toMatchObject([
      {
        outcome: 'scaled',
        from: 15,
        to: 18,
        cause: expect.stringContaining('TargetTracking-tideline-dev-api-AlarmHigh-'),
        reason: expect.stringContaining('from 15 to 18 instances'),
      },
    ]);
  });

  test('the documented step chain adds one, nothing for the same step, then two more', () => {
    const scenario = group([{ ...stepOut, steps: [...steps] }]);
    expect(scenario.minute({ [cpuKey]: 60 }, counts(10, 0)).desired).toBe(11);
    expect(scenario.minute({ [cpuKey]: 65 }, counts(10, 1)).desired).toBe(11);
    expect(scenario.minute({ [cpuKey]: 85 }, counts(10, 1)).desired).toBe(13);
  });

  test('nothing is scaled in', () => {
    const scenario = group();
    expect(scenario.repeat(20, { [cpuKey]: 5 }, counts(9, 1)).desired).toBe(10);
    expect(scenario.minute({ [cpuKey]: 5 }, counts(10, 0)).desired).toBe(9);
  });

  test('a scheduled action is run all the same', () => {
    const action = { type: 'scheduled', name: 'few', schedule: 'at(2026-01-01T00:01:00)', maxCapacity: 5 };
    const scenario = group([trackCpu(), action as PolicyInput]);
    expect(scenario.minute({}, counts(8, 2)).desired).toBe(5);
  });
});

describe('once every instance is warm', () => {
  test('nothing is credited: a scale-out is worked out from all that run', () => {
    const circumstances = { running: 10, warmup: { warm: 8, warming: 0 } };
    expect(group().repeat(3, { [cpuKey]: 75 }, circumstances).desired).toBe(15);
  });

  test('the next scale-out starts from all of them, whatever cooldown the policy has', () => {
    const scenario = group([trackCpu({ scaleOutCooldownSeconds: 3600 })]);
    expect(scenario.repeat(3, { [cpuKey]: 60 }, counts(10, 0)).desired).toBe(12);
    expect(scenario.minute({ [cpuKey]: 60 }, counts(12, 0)).desired).toBe(15);
  });

  test('a scale-in needs no cooldown', () => {
    const scenario = group([trackCpu({ scaleInCooldownSeconds: 3600 })]);
    expect(scenario.repeat(15, { [cpuKey]: 5 }, counts(10, 0)).desired).toBe(9);
    expect(scenario.minute({ [cpuKey]: 5 }, counts(9, 0)).desired).toBe(8);
  });
});

describe('a simulated group', () => {
  const scaled = ({ decisions }: Simulation) => decisions.filter(({ outcome }) => outcome === 'scaled');
  const trace = fc
    .array(fc.double({ min: 0, max: 80, noNaN: true }), { minLength: 30, maxLength: 150 })
    .map((requestsPerSecond) => ({ stepSeconds: 60, requestsPerSecond }));
  const options = { tailSeconds: 3600 };

  test('comes back to its minimum after a load', () => {
    const load = { stepSeconds: 900, requestsPerSecond: [25] };
    const result = simulate(load, groupEnvironment(), { tailSeconds: 5400 });
    expect(result.peakRunning).toBeGreaterThan(3);
    expect(result.finalRunning).toBe(2);
    expect(simulate(load, groupEnvironment(), { tailSeconds: 5400 })).toEqual(result);
  });

  test('stays within the bounds and never runs more than are desired', () => {
    fc.assert(
      fc.property(trace, (load) => {
        for (const { desired, running } of simulate(load, groupEnvironment(), options).points) {
          expect(desired).toBeGreaterThanOrEqual(2);
          expect(desired).toBeLessThanOrEqual(10);
          expect(running).toBeLessThanOrEqual(desired);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('never scales in before what was launched last is warm', () => {
    fc.assert(
      fc.property(trace, fc.integer({ min: 0, max: 1200 }), (load, warmupSeconds) => {
        const moves = scaled(simulate(load, groupEnvironment({ compute: { warmupSeconds } }), options));
        for (const [index, move] of moves.entries()) {
          const before = moves[index - 1];
          if (before === undefined || move.to > move.from || before.to < before.from) continue;
          expect(move.seconds - before.seconds).toBeGreaterThanOrEqual(Math.max(60, warmupSeconds));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('asks for no more than the warm instances’ full load until others are warm', () => {
    fc.assert(
      fc.property(trace, (load) => {
        const moves = scaled(simulate(load, groupEnvironment(), options));
        const first = moves.findIndex(({ from, to }) => to > from);
        const start = moves[first];
        if (start === undefined) return;
        const soon = moves.filter(({ seconds }) => seconds >= start.seconds && seconds < start.seconds + 300);
        for (const { to } of soon) expect(to).toBeLessThanOrEqual(start.from * 2);
      }),
      { numRuns: 40 },
    );
  });

  test('has no CPU datapoint of instances that are not warm', () => {
    const load = { stepSeconds: 60, requestsPerSecond: Array.from({ length: 40 }, () => 24) };
    const late = simulate(load, groupEnvironment({ compute: { warmupSeconds: 2400 } }));
    const soon = simulate(load, groupEnvironment({ compute: { warmupSeconds: 0 } }));
    expect(late.peakDesired).toBe(4);
    expect(soon.peakDesired).toBeGreaterThan(4);
  });
});
