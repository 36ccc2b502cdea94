import { expect, test } from '@jest/globals';
import { readLoadProfile } from '@tideline/config';
import { createShape } from '@tideline/planner';
import type { LoadOptions } from './options.ts';
import { replayedProfile, withArrivals } from './replay-profile.ts';

const noOptions = {} as LoadOptions;
const base = await readLoadProfile('headline');
const onOff = createShape('on-off', {
  parameters: { low: 0, high: 100, onMinutes: 2, offMinutes: 1, days: 3 / 480 },
});

test('a trace becomes stages, equal neighbours together; all else stays the profile’s', async () => {
  const { profile, remarks } = await replayedProfile(base, { trace: onOff, speed: 1 }, noOptions);
  const stage = { users: 20, usersPerSecond: 10_000, rampSeconds: 0 };
  expect(profile).toEqual({
    ...base,
    name: 'trace-on-off',
    arrivals: 'even',
    stages: [100, 0, 100, 0, 100, 0].map((requestsPerSecond) => ({
      ...stage,
      requestsPerSecond,
      holdSeconds: requestsPerSecond === 100 ? 120 : 60,
    })),
  });
  expect(remarks.map(({ code }) => code)).toEqual(['TL-RUN-TRACE']);
});

test('time is compressed where it is asked for, and the record says so', async () => {
  const options = { ...noOptions, users: 7, arrivals: 'poisson', seed: 5 } as const;
  const { profile, remarks } = await replayedProfile(base, { trace: onOff, speed: 4 }, options);
  expect(profile).toMatchObject({
    arrivals: 'poisson',
    seed: 5,
    stages: [{ users: 7, holdSeconds: 30 }, {}, {}, {}, {}, {}],
  });
  expect(remarks.map(({ code }) => code)).toEqual(['TL-RUN-TRACE', 'TL-RUN-TRACE-SPEED']);
  expect(remarks[1]?.message).toContain('faster than it did');
});

test.each([
  [{ rate: 5 }, 'TL-RUN-OVERRIDE got --rate 5 and --trace'],
  [{ users: 20_000 }, 'TL-CONFIG-SCHEMA --trace on-off: stages.0.users'],
])('%j is refused beside a trace', async (options, message) => {
  await expect(
    replayedProfile(base, { trace: onOff, speed: 1 }, { ...noOptions, ...options }),
  ).rejects.toThrow(message);
});

test('a profile without a trace takes its arrivals from the options, unless it is a closed loop', async () => {
  expect(await withArrivals(base, { arrivals: 'poisson', seed: 9 })).toEqual({
    ...base,
    arrivals: 'poisson',
    seed: 9,
  });
  expect(await withArrivals(base, {})).toEqual(base);
  await expect(withArrivals(await readLoadProfile('flash'), { arrivals: 'even' })).rejects.toThrow(
    /--arrivals: stages.0.requestsPerSecond: .*a closed loop needs arrivals per-user/,
  );
});
