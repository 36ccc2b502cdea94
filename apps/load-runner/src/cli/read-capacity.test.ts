import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { writeWhole } from '@tideline/process';
import { readCapacity } from './read-capacity.ts';

const folder = mkdtempSync(join(tmpdir(), 'tideline-capacity-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (content: unknown): string => {
  const path = join(folder, 'capacity.json');
  writeWhole(path, JSON.stringify(content));
  return path;
};

test('a number is a rate that the user gives', async () => {
  expect(await readCapacity('12.5')).toEqual({ requestsPerSecond: 12.5, source: 'given' });
});

test('a file says how its rate came about', async () => {
  const path = written({
    schemaVersion: 1,
    source: 'measured',
    unit: 'task',
    requestsPerSecond: { value: 40, low: 38, high: 42 },
    objective: null,
    cpuMillisecondsPerRequest: null,
    idleCpuPercent: null,
    cpuPercentAtCapacity: null,
    responseTimeMilliseconds: null,
  });
  expect(await readCapacity(path)).toEqual({ requestsPerSecond: 40, source: 'measured' });
});

test.each(['0', '-3', 'Infinity'])('%s is refused as no rate', async (text) => {
  await expect(readCapacity(text)).rejects.toThrow(`--capacity: got ${text}; allowed is a rate above 0`);
});

test('another file is refused with what is wrong in it', async () => {
  await expect(readCapacity(written({ schemaVersion: 1, source: 'guessed' }))).rejects.toThrow('source');
});
