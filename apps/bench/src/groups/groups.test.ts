import { expect, test } from '@jest/globals';
import { benchNames } from '../bench-name.ts';
import { groups } from './groups.ts';

test('every figure belongs to exactly one group', () => {
  expect(groups.flatMap(({ names }) => names).sort()).toEqual([...benchNames].sort());
});
