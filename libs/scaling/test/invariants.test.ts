import { describe, expect, test } from '@jest/globals';
import { serviceEnvironment } from '@tideline/config/testing';
import fc from 'fast-check';
import { type Simulation, simulate } from '../src/index.ts';
import { Scenario, cpuKey, environmentWith, requestsKey, trackCpu } from './scenario.ts';

const rates = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 30, maxLength: 120 });
const trace = rates.map((requestsPerSecond) => ({ stepSeconds: 60, requestsPerSecond }));
const scaleInSteps = fc.constantFrom('gradual' as const, 'proportional' as const);
const runs = { numRuns: 40 };

const service = (
  rest: { steps?: 'gradual' | 'proportional'; outSeconds?: number; inSeconds?: number } = {},
) => {
  const cooldowns = {
    scaleOutCooldownSeconds: rest.outSeconds ?? 120,
    scaleInCooldownSeconds: rest.inSeconds ?? 180,
  };
  const requests = { kind: 'requests-per-target', requestsPerTargetPerMinute: 300 } as const;
  return serviceEnvironment({
    container: { cpuMillisecondsPerRequest: 20 },
    capacity: { min: 2, max: 8, desired: 3 },
    scaling: {
      policies: [
        { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 60 }, ...cooldowns },
        { type: 'target-tracking', name: 'requests', metric: requests, ...cooldowns },
      ],
    },
    assumptions: { scaleInSteps: rest.steps ?? 'gradual' },
  });
};

const scaled = ({ decisions }: Simulation) => decisions.filter(({ outcome }) => outcome === 'scaled');

describe('whatever the load', () => {
  test('desired and running stay within the bounds', () => {
    fc.assert(
      fc.property(trace, scaleInSteps, (load, steps) => {
        for (const { desired, running } of simulate(load, service({ steps })).points) {
          expect(desired).toBeGreaterThanOrEqual(2);
          expect(desired).toBeLessThanOrEqual(8);
          expect(running).toBeLessThanOrEqual(desired);
        }
      }),
      runs,
    );
  });

  test('the same trace gives the same decisions', () => {
    fc.assert(
      fc.property(trace, (load) => {
        expect(simulate(load, service())).toEqual(simulate(load, service()));
      }),
      runs,
    );
  });

  test('how long a run has lasted delays no scale-in, though datapoints come ten minutes late', () => {
    const environment = serviceEnvironment({
      container: { cpuMillisecondsPerRequest: 20 },
      capacity: { min: 1, max: 2, desired: 2 },
      scaling: {
        policies: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 60 } }],
      },
      assumptions: { metricLagSeconds: 600 },
    });
    const waited = (calmMinutes: number): number | undefined => {
      const requestsPerSecond = Array.from({ length: calmMinutes + 40 }, (_, minute) =>
        minute < calmMinutes ? 14 : 0,
      );
      const [first] = scaled(simulate({ stepSeconds: 60, requestsPerSecond }, environment));
      return first && first.seconds - calmMinutes * 60;
    };
    const usual = waited(30);
    expect(usual).toBeGreaterThan((15 + 10) * 60 - 60);
    for (let calmMinutes = 31; calmMinutes <= 500; calmMinutes += 1) expect(waited(calmMinutes)).toBe(usual);
  });

  test('a scale-in keeps the scale-in cooldown from the one before, unless a scale-out lies between', () => {
    fc.assert(
      fc.property(trace, fc.integer({ min: 0, max: 900 }), (load, inSeconds) => {
        const moves = scaled(simulate(load, service({ inSeconds })));
        for (const [index, move] of moves.entries()) {
          const before = moves[index - 1];
          if (before === undefined || move.to > move.from || before.to > before.from) continue;
          expect(move.seconds - before.seconds).toBeGreaterThanOrEqual(inSeconds);
        }
      }),
      runs,
    );
  });

  test('no scale-in comes inside a scale-out cooldown', () => {
    fc.assert(
      fc.property(trace, fc.integer({ min: 0, max: 1800 }), (load, outSeconds) => {
        const moves = scaled(simulate(load, service({ outSeconds })));
        for (const [index, move] of moves.entries()) {
          const before = moves[index - 1];
          if (before === undefined || move.to > move.from || before.to < before.from) continue;
          expect(move.seconds - before.seconds).toBeGreaterThanOrEqual(outSeconds);
        }
      }),
      runs,
    );
  });

  test('each decision starts where the one before ended', () => {
    fc.assert(
      fc.property(trace, (load) => {
        let desired = 3;
        for (const { from, to, outcome } of simulate(load, service()).decisions) {
          expect(from).toBe(desired);
          if (outcome !== 'scaled') expect(to).toBe(from);
          desired = to;
        }
      }),
      runs,
    );
  });
});

test('more load never peaks at fewer tasks', () => {
  const rate = fc.double({ min: 0, max: 80, noNaN: true });
  const start = fc.integer({ min: 0, max: 59 });
  fc.assert(
    fc.property(rate, rate, start, (one, other, loadStartsAtSeconds) => {
      const peak = (requestsPerSecond: number) =>
        simulate({ stepSeconds: 3600, requestsPerSecond: [requestsPerSecond] }, service(), {
          loadStartsAtSeconds,
        }).peakDesired;
      expect(peak(Math.max(one, other))).toBeGreaterThanOrEqual(peak(Math.min(one, other)));
    }),
    { numRuns: 80 },
  );
});

test('missing data never scales in', () => {
  const value = fc.oneof(fc.constant(null), fc.double({ min: 46, max: 50, noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 20, maxLength: 80 }), (values) => {
      const requests = trackCpu({
        name: 'requests',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 },
      });
      const scenario = new Scenario(environmentWith([trackCpu(), requests]));
      for (const cpu of values) scenario.minute({ [cpuKey]: cpu, [requestsKey]: null });
      expect(scenario.desired).toBe(10);
    }),
    runs,
  );
});

test('an evaluation changes neither the plan nor the state it was given', () => {
  const scenario = new Scenario(environmentWith([trackCpu()]));
  const before = structuredClone(scenario.state);
  const state = scenario.state;
  scenario.repeat(3, { [cpuKey]: 90 });
  expect(state).toEqual(before);
  expect(scenario.state).not.toBe(state);
});
