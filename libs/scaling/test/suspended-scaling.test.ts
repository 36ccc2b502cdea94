import { describe, expect, test } from '@jest/globals';
import type { Environment } from '@tideline/config';
import { Scenario, cpuKey, environmentWith, trackCpu } from './scenario.ts';

type Suspended = Partial<Environment['scaling']['suspendedState']>;

const noon = {
  type: 'scheduled',
  name: 'noon',
  schedule: 'at(2026-01-01T00:02:00)',
  minCapacity: 15,
} as const;

function scenarioWith(suspendedState: Suspended) {
  const environment = environmentWith([trackCpu({ scaleInCooldownSeconds: 0 }), noon]);
  return new Scenario({ ...environment, scaling: { ...environment.scaling, ...suspended(suspendedState) } });
}

const suspended = (state: Suspended) => ({
  suspendedState: {
    dynamicScalingInSuspended: false,
    dynamicScalingOutSuspended: false,
    scheduledScalingSuspended: false,
    ...state,
  },
});

describe('suspended scaling', () => {
  test('out: the decision says once what would have been done, and the schedule goes on', () => {
    const scenario = scenarioWith({ dynamicScalingOutSuspended: true });
    scenario.minute({ [cpuKey]: 80 });
    expect(scenario.minute({ [cpuKey]: 80 }).desired).toBe(15);
    expect(scenario.minute({ [cpuKey]: 80 }).decisions).toMatchObject([
      { policy: 'cpu', outcome: 'not-scaled', from: 15, to: 15 },
    ]);
    expect(scenario.repeat(10, { [cpuKey]: 80 }).decisions).toEqual([]);
    expect(scenario.desired).toBe(15);
  });

  test('out: names the field in its reason', () => {
    const scenario = scenarioWith({ dynamicScalingOutSuspended: true });
    const [, , third] = [1, 2, 3].map(() => scenario.minute({ [cpuKey]: 80 }));
    expect(third?.decisions[0]?.reason).toMatch(
      /asks for 24; held to the maximum of 20; not done, because DynamicScalingOutSuspended is true$/,
    );
  });

  test('out: scale-in goes on', () => {
    const scenario = scenarioWith({ dynamicScalingOutSuspended: true, scheduledScalingSuspended: true });
    expect(scenario.repeat(15, { [cpuKey]: 10 }).desired).toBe(9);
  });

  test('in: nothing is scaled in, and scale-out goes on', () => {
    const scenario = scenarioWith({ dynamicScalingInSuspended: true, scheduledScalingSuspended: true });
    const { decisions, desired } = scenario.repeat(15, { [cpuKey]: 10 });
    expect(desired).toBe(10);
    expect(decisions).toMatchObject([{ outcome: 'not-scaled', from: 10, to: 10 }]);
    expect(decisions[0]?.reason).toMatch(/; not done, because DynamicScalingInSuspended is true$/);
    expect(scenario.repeat(3, { [cpuKey]: 80 }).desired).toBe(16);
  });

  test('scheduled: the bounds stay, the decision says so, and policies go on', () => {
    const scenario = scenarioWith({ scheduledScalingSuspended: true });
    scenario.minute({ [cpuKey]: 80 });
    expect(scenario.minute({ [cpuKey]: 80 })).toMatchObject({
      desired: 10,
      state: { min: 1, max: 20 },
      decisions: [
        {
          policy: 'noon',
          outcome: 'not-scaled',
          reason: 'not done, because ScheduledScalingSuspended is true: the bounds stay as they are',
        },
      ],
    });
    expect(scenario.minute({ [cpuKey]: 80 }).desired).toBe(16);
  });
});
