import { expect, test } from '@jest/globals';
import { excludeEachOther, stateLockFacts, stateLockOf, stateLocks } from './state-lock.ts';

test.each(stateLocks)('%s is the lock of its facts', (lock) => {
  expect(stateLockOf(stateLockFacts(lock))).toBe(lock);
});

test('a state that nothing locks has no lock', () => {
  expect(stateLockOf({ inTable: false, inBucket: false })).toBeNull();
});

test('runs exclude each other unless one locks in the table alone and the other in S3 alone', () => {
  const beside = stateLocks.flatMap((one) =>
    stateLocks.filter((other) => !excludeEachOther(one, other)).map((other) => `${one} ${other}`),
  );
  expect(beside).toEqual(['dynamodb s3', 's3 dynamodb']);
});
