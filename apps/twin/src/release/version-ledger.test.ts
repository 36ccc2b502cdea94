import { expect, test } from '@jest/globals';
import { VersionLedger } from './version-ledger.ts';

test('requests and failures of tasks are those of their versions', () => {
  const ledger = new VersionLedger();
  ledger.assign('a', '1');
  ledger.assign('b', '2');
  ledger.assign('c', '2');
  ledger.answered('a', 200);
  ledger.answered('b', 500);
  ledger.unanswered('c');
  ledger.unanswered('c');
  const sent = new Map([
    ['a', 10],
    ['b', 3],
    ['c', 4],
  ]);
  expect(ledger.totals(sent)).toEqual({ '1': { requests: 10, failed: 0 }, '2': { requests: 7, failed: 3 } });
});
