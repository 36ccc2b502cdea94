import { expect, test } from '@jest/globals';
import { randomFrom } from './seeded-random.ts';

test('random numbers are those of mulberry32', () => {
  const random = randomFrom(1);
  expect([random(), random(), random()]).toEqual([
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
  ]);
});
