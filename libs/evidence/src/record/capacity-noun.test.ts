import { expect, test } from '@jest/globals';
import { capacityNoun } from './capacity-noun.ts';

test('a run counts what its record says, and tasks where it says nothing', () => {
  expect(capacityNoun({ scaling: { unit: 'instance' } })).toBe('instances');
  expect(capacityNoun({ scaling: { unit: 'instance' } }, 1)).toBe('instance');
  expect(capacityNoun({ scaling: {} })).toBe('tasks');
  expect(capacityNoun({ scaling: {} }, 1)).toBe('task');
});
