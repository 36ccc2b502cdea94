import { expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { assumedCapacity } from './assumed-capacity.ts';
import { capacityOf } from './capacity-of.ts';

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

test('without one the target of a policy on requests is assumed, and said', () => {
  const assumed = assumedCapacity(resolveEnvironment(presetInput('load-driven')));
  expect(assumed?.capacity.requestsPerSecond.value).toBe(65);
  expect(assumed?.remark).toMatchObject({
    code: 'TL-CAPACITY-ASSUMED',
    message: expect.stringMatching(/one task carries.*policy requests-per-target, 65 requests\/s/) as unknown,
  });
  expect(assumedCapacity(resolveEnvironment(presetInput('stateless-asg')))).toBeNull();
});
