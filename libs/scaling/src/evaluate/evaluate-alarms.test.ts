import { expect, test } from '@jest/globals';
import { Scenario, cpuKey, environmentWith } from '../../test/scenario.ts';

test.each([
  [5, '65, 64, 63, 62, 61'],
  [6, '66, 65, 64, 63, 62, ...'],
])('an alarm that changes tells of %d datapoints the newest five', (count, shown) => {
  const policy = {
    type: 'step',
    name: 'out',
    metric: { kind: 'cpu' },
    alarm: {
      comparison: 'GreaterThanThreshold',
      threshold: 60,
      ...{ evaluationPeriods: count, datapointsToAlarm: count },
    },
    steps: [{ lowerBound: 0, adjustment: 1 }],
  } as const;
  const scenario = new Scenario(environmentWith([{ ...policy, steps: [...policy.steps] }]));
  const changes = Array.from({ length: count }, (_, index) =>
    scenario.minute({ [cpuKey]: 61 + index }).alarmChanges.map(({ explain }) => explain()),
  );
  expect(changes.at(-1)).toEqual([
    `Threshold Crossed: ${count} of the last ${count} datapoints [${shown}] were greater than the threshold (60); ${count} of ${count} make the ALARM state.`,
  ]);
});
