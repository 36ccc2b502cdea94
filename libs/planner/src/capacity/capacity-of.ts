import { UsageError } from '@tideline/process';
import { type Capacity, capacityVersion } from './capacity.ts';
import { readCapacity } from './read-capacity.ts';

/**
 * What one unit carries, as the user says it: a rate in requests per second, or the file that `tideline capacity` wrote.
 * @throws UsageError TL-CAPACITY-RATE for a rate that is not above 0, TL-CAPACITY-FILE for a file that is no capacity
 */
export async function capacityOf(text: string, unit: Capacity['unit']): Promise<Capacity> {
  const rate = Number(text);
  if (text.trim() === '' || Number.isNaN(rate)) return readCapacity(text);
  if (Number.isFinite(rate) && rate > 0) return givenCapacity(rate, unit);
  throw new UsageError(
    'TL-CAPACITY-RATE',
    `--capacity: got ${text}; allowed is a number above 0, requests per second of one ${unit}, or a file that tideline capacity has written`,
  );
}

/** A capacity of which only the rate is known. */
export const givenCapacity = (requestsPerSecond: number, unit: Capacity['unit']): Capacity => ({
  schemaVersion: capacityVersion,
  source: 'given',
  unit,
  requestsPerSecond: { value: requestsPerSecond, low: requestsPerSecond, high: requestsPerSecond },
  objective: null,
  cpuMillisecondsPerRequest: null,
  idleCpuPercent: null,
  cpuPercentAtCapacity: null,
  responseTimeMilliseconds: null,
});
