import { expect, test } from '@jest/globals';
import { loadProfile } from '@tideline/config';
import { typicalLoad } from './load.ts';

test('a typical day has the busiest rate of the profile for eight hours', () => {
  expect(typicalLoad(loadProfile('spike'))).toEqual({
    requestsPerSecond: 500,
    hoursPerDay: 8,
    explanation: 'the busiest rate of load profile spike, 8 hours assumed',
  });
});

test('a profile without a rate counts a request per second of each user', () => {
  expect(typicalLoad(loadProfile('flash'), { hoursPerDay: 1 })).toEqual({
    requestsPerSecond: 100,
    hoursPerDay: 1,
    explanation: '100 users of load profile flash, each asking once a second, the hours as given',
  });
});

test('rate and hours can be given, zero included', () => {
  expect(typicalLoad(loadProfile('flash'), { requestsPerSecond: 0, hoursPerDay: 24 })).toMatchObject({
    requestsPerSecond: 0,
    hoursPerDay: 24,
  });
});
