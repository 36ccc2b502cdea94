import { expect, test } from '@jest/globals';
import { StepReader } from './step-reader.ts';

const reading = (...seconds: readonly number[]) =>
  StepReader.of(
    seconds.map((at) => ({ seconds: at })),
    () => 1,
  );

test('before it goes on, a reader knows when its first value begins, if there is one', () => {
  expect(reading(5, 9).nextSeconds).toBe(5);
  expect(reading(0).nextSeconds).toBe(0);
  expect(reading().nextSeconds).toBe(Infinity);
});
