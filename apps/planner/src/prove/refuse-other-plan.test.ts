import { expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import type { PlannedPolicy } from './read-plan.ts';
import { refuseOtherPlan } from './refuse-other-plan.ts';

const environment = resolveEnvironment(presetInput('load-driven'));
const startedAt = '2026-03-02T00:00:00.000Z';
const trace = {
  name: 'mine.csv',
  startedAt: new Date(startedAt),
  stepSeconds: 3600,
  requestsPerSecond: Array.from({ length: 24 }, () => 10),
  remarks: [],
};
const planned: PlannedPolicy = {
  which: 'recommended',
  choice: 'keep',
  settings: { capacity: environment.capacity, scaling: { policies: environment.scaling.policies } },
  fittedSeconds: 43_200,
  madeOf: {
    unit: 'task',
    trace: {
      ...{ name: 'mine.csv', startedAt, stepSeconds: 3600, days: 1 },
      ...{ meanRequestsPerSecond: 10, peakRequestsPerSecond: 10 },
    },
  },
};
const check = (madeOf: object, other: object = {}) =>
  refuseOtherPlan(
    { ...planned, madeOf: { ...planned.madeOf, ...madeOf } as PlannedPolicy['madeOf'] },
    {
      environment,
      trace: { ...trace, ...other },
    },
    { plan: 'plan.json' },
  );
const ofTrace = (fields: object) => ({ trace: { ...planned.madeOf?.trace, ...fields } });

test('the planned trace, one that has grown, and one that begins later are taken', () => {
  check({});
  check({}, { requestsPerSecond: [...trace.requestsPerSecond, 90] });
  check({}, { startedAt: new Date('2026-03-03T00:00:00Z') });
});

test.each([
  [
    { unit: 'instance' },
    /^TL-PROVE-PLAN --plan plan\.json: scales instances, and this description scales tasks/,
  ],
  [ofTrace({ stepSeconds: 60 }), /in steps of 60 s, and mine\.csv has steps of 3600 s; give the trace/],
  [
    ofTrace({ startedAt: '2026-03-05T00:00:00.000Z' }),
    /begins at 2026-03-05.*, and mine\.csv begins at 2026-03-02/,
  ],
  [ofTrace({ meanRequestsPerSecond: 20 }), /has 20 requests\/s on average, and mine\.csv has 10/],
])('a plan of %j is refused', (madeOf, why) => {
  expect(() => check(madeOf)).toThrow(why);
});

test('bounds that contradict each other are refused', () => {
  const settings = { ...planned.settings, capacity: { min: 10, max: 2, desired: 3 } };
  expect(() => refuseOtherPlan({ ...planned, settings }, { environment, trace }, {})).toThrow(/TL-CONFIG-/);
});
