import { expect, test } from '@jest/globals';
import { ConfigurationError, presetInput, resolveEnvironment } from '@tideline/config';
import fc from 'fast-check';
import { fargateSizeFor } from './task-size.ts';

/** Whether a description may have a task of this size. */
function isOffered(cpuUnits: number, memoryMiB: number): boolean {
  try {
    const compute = { kind: 'fargate', cpuUnits, memoryMiB } as never;
    resolveEnvironment({ ...presetInput('load-driven'), compute });
    return true;
  } catch (error) {
    if (error instanceof ConfigurationError) return false;
    throw error;
  }
}

test('a size has at least what is asked for, and a description may have it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 16_384 }),
      fc.integer({ min: 1, max: 122_880 }),
      (cpuUnits, memoryMiB) => {
        const size = fargateSizeFor({ cpuUnits, memoryMiB });
        expect(size.cpuUnits).toBeGreaterThanOrEqual(cpuUnits);
        expect(size.memoryMiB).toBeGreaterThanOrEqual(memoryMiB);
        expect(isOffered(size.cpuUnits, size.memoryMiB)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test('a size that Fargate offers is kept', () => {
  for (const cpuUnits of [256, 512, 1024, 2048, 4096])
    for (let memoryMiB = 512; memoryMiB <= 8192; memoryMiB += 512)
      if (isOffered(cpuUnits, memoryMiB))
        expect(fargateSizeFor({ cpuUnits, memoryMiB })).toEqual({ cpuUnits, memoryMiB });
});

test('more than Fargate has gets its largest task', () => {
  expect(fargateSizeFor({ cpuUnits: 99_999, memoryMiB: 1 })).toEqual({
    cpuUnits: 16_384,
    memoryMiB: 122_880,
  });
});
