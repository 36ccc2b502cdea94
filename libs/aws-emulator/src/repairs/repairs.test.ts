import { expect, test } from '@jest/globals';
import { repairs } from './repairs.ts';

test('no operation is repaired twice', () => {
  const names = repairs().map(({ service, operation }) => `${service} ${operation}`);
  expect(new Set(names).size).toBe(names.length);
});
