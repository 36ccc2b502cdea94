import { differenceOfMedians } from '../measure/compare-rounds.ts';
import type { Figure, PacedLatency, Skip } from '../outcome.ts';
import type { PacedRounds } from './paced-rounds.ts';

/** A way through the balancer that is faster than the way around it, by more than this, is noise of the machine. */
const mostNoiseMs = 1;

/** The balancer’s own share of the median latency; skipped where noise was larger than any such share. */
export function addedP50({ p50Ms, medians }: PacedRounds): Figure | Skip {
  const { direct, balancer, nginx } = p50Ms;
  const added = differenceOfMedians(balancer, direct);
  if (added.value < -mostNoiseMs) {
    return {
      name: 'balancerAddedP50Ms',
      reason: `the machine was too noisy: the balancer seems to take ${(-added.value).toFixed(1)} ms off the latency; run again when the machine has less to do`,
    };
  }
  return {
    name: 'balancerAddedP50Ms',
    ...added,
    detail: inWords(medians),
    rounds: { direct, balancer, ...(nginx.length > 0 ? { nginx } : {}) },
  };
}

function inWords({ askedRequestsPerSecond, direct, balancer, nginx }: PacedLatency): string {
  const shown = Object.entries({ direct, balancer, ...(nginx === null ? {} : { nginx }) }).map(
    ([name, { p50, p99 }]) => `${name} ${p50.toFixed(2)}/${p99.toFixed(2)}`,
  );
  return `p50/p99 ms at ${askedRequestsPerSecond} requests/s: ${shown.join(', ')}`;
}
