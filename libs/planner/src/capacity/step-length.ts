import type { Objective } from './capacity.ts';

/** Requests beyond the percentile that a step should have: fewer, and one slow request decides. */
const requestsBeyond = 10;

/** No step is shorter, however high its rate: a pause of the runtime or the machine must not fill all of it. Seconds. */
export const shortestStepSeconds = 4;
/** No step is longer, however low its rate; what it lacks in requests is remarked. Seconds. */
export const longestStepSeconds = 40;

/** Requests that it takes to judge a percentile p: 10 / (1 - p), 1,000 for p99. */
export const requestsToJudge = ({ latencyPercentile }: Pick<Objective, 'latencyPercentile'>): number =>
  Math.round((requestsBeyond * 100) / (100 - latencyPercentile));

/** How long a step at a rate lasts: as long as the requests take that judge it, from 4 to 40 s. */
export const stepSeconds = (
  requestsPerSecond: number,
  objective: Pick<Objective, 'latencyPercentile'>,
): number =>
  Math.min(longestStepSeconds, Math.max(shortestStepSeconds, requestsToJudge(objective) / requestsPerSecond));
