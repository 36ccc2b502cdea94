import { expect, test } from '@jest/globals';
import { faultTable } from './fault-table.ts';

test('each fault has a row, and each kind of loss a column', () => {
  const table = faultTable({
    faultCosts: [
      { fault: 'task-exit', onPurpose: true, targets: 1, lost: { 'http-502': 1234 } },
      { fault: 'zone-loss', onPurpose: true, targets: 2, lost: { 'http-504': 30, timeout: 4 } },
      { fault: 'task-exit', onPurpose: false, targets: 1, lost: {} },
    ],
  });
  expect(table?.columns.map(({ title }) => title)).toEqual([
    ...['fault', 'on purpose', 'targets'],
    ...['http-502', 'http-504', 'timeout'],
  ]);
  expect(table?.rows).toEqual([
    ['task-exit', 'yes', '1', '1,234', '0', '0'],
    ['zone-loss', 'yes', '2', '0', '30', '4'],
    ['task-exit', 'no', '1', '0', '0', '0'],
  ]);
});

test('without a fault there is no table', () => {
  expect(faultTable({})).toBeNull();
  expect(faultTable({ faultCosts: [] })).toBeNull();
});
