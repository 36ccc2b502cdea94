import type { LoadProfile } from './environment.ts';

/** Requests per second of the busiest stage with a rate; null when no stage has one. */
export function peakRequestsPerSecond(profile: LoadProfile): number | null {
  const rates = profile.stages.flatMap(({ requestsPerSecond }) => requestsPerSecond ?? []);
  return rates.length === 0 ? null : Math.max(...rates);
}
