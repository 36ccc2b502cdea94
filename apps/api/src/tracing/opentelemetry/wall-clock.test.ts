import { expect, test } from '@jest/globals';
import { WallClock } from './wall-clock.ts';

test('keeps the order of times, and follows the machine’s clock once a minute', () => {
  const machine = { epochMs: 1_700_000_000_000, monotonicMs: 5 };
  const clock = new WallClock(
    () => machine.epochMs,
    () => machine.monotonicMs,
  );
  expect(clock.at(5.25)).toBe(1_700_000_000_000.25);
  machine.epochMs += 500;
  expect(clock.at(6.25)).toBe(1_700_000_000_001.25);
  machine.monotonicMs = 60_005.25;
  machine.epochMs = 1_700_000_060_000;
  expect(clock.at(60_005.25)).toBe(1_700_000_060_000);
});
