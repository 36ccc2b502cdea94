import { expect, test } from '@jest/globals';
import { presetNames } from '@tideline/config';
import { presetDecisions } from './preset-decisions.ts';

test.each(presetNames)(
  '%s: the twin decides what the simulator does, at the same moments',
  async (preset) => {
    const { simulated, twin } = await presetDecisions(preset);
    expect(simulated.length).toBeGreaterThan(1);
    expect(twin).toEqual(simulated);
  },
);

test.each(presetNames)(
  '%s: timers that fire late move no decision by a period',
  async (preset) => {
    // At speed 60 these are stalls of 28 ms and of an eighth of a second.
    for (const stallSeconds of [1.7, 7.3]) {
      const { simulated, twin } = await presetDecisions(preset, { stallSeconds });
      expect(twin).toEqual(simulated);
    }
  },
  30_000,
);

test.each(['Stopped', 'Running'] as const)(
  'a group with a warm pool of %s instances: the twin moves and serves when the simulator does',
  async (poolState) => {
    const decided = await presetDecisions('stateless-asg', {
      warmPool: { poolState, instanceReusePolicy: { reuseOnScaleIn: true } },
    });
    expect(decided.simulated.length).toBeGreaterThan(1);
    expect(decided.twin).toEqual(decided.simulated);
    expect(decided.twinCounts).toEqual(decided.simulatedCounts);
    // Out of the pool, instances serve long before a launch would.
    const [{ seconds: firstOut } = { seconds: NaN }] = decided.simulated;
    const [{ seconds: served } = { seconds: NaN }] = decided.simulatedCounts;
    expect(served - firstOut).toBe({ Stopped: 36, Running: 5 }[poolState]);
  },
);
