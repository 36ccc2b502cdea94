import type { Trace } from './trace.ts';

/** Mean and highest rate of a trace, requests per second; 0 where it has no step. */
export function traceRates({ requestsPerSecond }: Pick<Trace, 'requestsPerSecond'>) {
  let sum = 0;
  let peakRequestsPerSecond = 0;
  for (const rate of requestsPerSecond) {
    sum += rate;
    peakRequestsPerSecond = Math.max(peakRequestsPerSecond, rate);
  }
  return { meanRequestsPerSecond: sum / Math.max(1, requestsPerSecond.length), peakRequestsPerSecond };
}
