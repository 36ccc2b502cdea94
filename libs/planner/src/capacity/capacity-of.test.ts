import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { assumedCapacity } from './assumed-capacity.ts';
import { capacityOf, givenCapacity } from './capacity-of.ts';

test('a number is a rate', async () => {
  expect(await capacityOf('12.5', 'task')).toMatchObject({
    source: 'given',
    unit: 'task',
    requestsPerSecond: { value: 12.5, low: 12.5, high: 12.5 },
    objective: null,
  });
});

test.each(['0', '-3', 'Infinity'])('%s is refused', async (text) => {
  await expect(capacityOf(text, 'task')).rejects.toThrow(/^TL-CAPACITY-RATE --capacity: got .*above 0/);
});

test('anything else is a file', async () => {
  await expect(capacityOf('no-such-file.json', 'task')).rejects.toThrow(/^TL-CAPACITY-FILE .*no-such-file/);
});

const sound = givenCapacity(60, 'task');
const file = (document: unknown): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'capacity-of-')), 'capacity.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
};

test('a file whose rate is between its ends is read', async () => {
  const capacity = { ...sound, requestsPerSecond: { value: 60, low: 55, high: 64 } };
  expect(await capacityOf(file(capacity), 'task')).toEqual(capacity);
});

test.each([
  [
    { ...sound, requestsPerSecond: { value: 60, low: 90, high: 95 } },
    'requestsPerSecond.low: got 90: with value 60; allowed is low ≤ value ≤ high, so lower it, or raise value',
  ],
  [
    { ...sound, requestsPerSecond: { value: 60, low: 50, high: 59 } },
    'requestsPerSecond.high: got 59: with value 60; allowed is low ≤ value ≤ high, so raise it, or lower value',
  ],
  [
    { ...sound, requestPerSecond: 3 },
    'got the unknown field "requestPerSecond"; did you mean "requestsPerSecond"?',
  ],
  [
    { ...sound, requestsPerSecond: { value: 60, low: 60, high: 60, median: 61 } },
    'requestsPerSecond: got the unknown field "median"; leave it out',
  ],
  [{ ...sound, idleCpuPercent: -3 }, 'idleCpuPercent: got -3: Too small'],
  [{ ...sound, unit: undefined }, 'unit: got nothing: Invalid option: expected one of "task"|"instance"'],
])('a file that contradicts itself or has what no capacity has is refused: %j', async (document, problem) => {
  const refusal = capacityOf(file(document), 'task');
  await expect(refusal).rejects.toThrow(
    /^TL-CAPACITY-FILE --capacity .*give a file that tideline capacity has/,
  );
  await expect(refusal).rejects.toThrow(problem);
});

test('without one the target of a policy on requests is assumed, and said', () => {
  const assumed = assumedCapacity(resolveEnvironment(presetInput('load-driven')));
  expect(assumed?.capacity.requestsPerSecond.value).toBe(65);
  expect(assumed?.remark).toMatchObject({
    code: 'TL-CAPACITY-ASSUMED',
    message: expect.stringMatching(/one task carries.*policy requests-per-target, 65 requests\/s/) as unknown,
  });
  expect(assumedCapacity(resolveEnvironment(presetInput('stateless-asg')))).toBeNull();
});
