import type { CapacityStep, Objective } from './capacity.ts';

/** Requests beyond the percentile that a step should have: fewer, and one slow request decides. */
const requestsBeyond = 10;

/** No step is shorter, however high its rate: a pause of the runtime or the machine must not fill all of it. Seconds. */
const shortestStepSeconds = 4;
/** No step is longer, however low its rate; what it lacks in requests is remarked. Seconds. */
const longestStepSeconds = 40;

/** Requests that it takes to judge a percentile p: 10 / (1 - p), 1,000 for p99. */
export const requestsToJudge = ({ latencyPercentile }: Pick<Objective, 'latencyPercentile'>): number =>
  Math.round((requestsBeyond * 100) / (100 - latencyPercentile));

/** A step of the climb has this share of them: it tells rates apart that are twice as high, and decides nothing for good. */
const climbShare = 0.3;

/** How long a step at a rate lasts: as long as the requests take that judge it, from 4 to 40 s. Seconds. */
export function stepSeconds(
  requestsPerSecond: number,
  objective: Pick<Objective, 'latencyPercentile'>,
  purpose: CapacityStep['purpose'] = 'repeat',
): number {
  const requests = requestsToJudge(objective) * (purpose === 'climb' ? climbShare : 1);
  return Math.min(longestStepSeconds, Math.max(shortestStepSeconds, requests / requestsPerSecond));
}
