import { describe, expect, test } from '@jest/globals';
import { parseUsage } from './read-usage.ts';

const cpu = '# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.25 1700000000\n';
const memory = 'process_resident_memory_bytes{app="api"} 67108864\n';

describe('parseUsage', () => {
  test('reads CPU time and memory, with or without labels and timestamps', () => {
    expect(parseUsage(cpu + memory)).toEqual({ cpuSeconds: 1.25, memoryMiB: 64 });
  });

  test.each([
    ['without CPU time', memory],
    ['without memory', cpu],
    ['with a value that is no number', `${memory}process_cpu_seconds_total NaN\n`],
    ['of another metric with a longer name', `${memory}process_cpu_seconds_total_created 1\n`],
    ['that is empty', ''],
  ])('has nothing in a text %s', (_what, text) => {
    expect(parseUsage(text)).toBeUndefined();
  });
});
