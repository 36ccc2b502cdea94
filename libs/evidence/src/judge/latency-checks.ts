import type { Expectations, Finding, UnjudgedRun } from './expectations.ts';
import { formatMilliseconds } from '../record/quantity.ts';
import type { Latency } from '../record/run-record.ts';
import type { PhaseName } from './scale-out-windows.ts';

const scalingOut: readonly string[] = ['before-scale-out', 'during-scale-out'] satisfies PhaseName[];
const settled: PhaseName = 'after-scale-out';

/**
 * The latency budget holds once the service has scaled out, and over the whole load when it did not.
 * Latency before and during scale-out is shown beside it without a budget, since scaling exists to end it.
 */
export const latencyChecks = (
  record: UnjudgedRun,
  thresholds: Expectations['thresholds'],
): readonly Finding[] => [
  latencyCheck(record, { percentile: 'p50', limitMs: thresholds.p50Ms }),
  latencyCheck(record, { percentile: 'p99', limitMs: thresholds.p99Ms }),
];

function latencyCheck(
  record: UnjudgedRun,
  budget: { readonly percentile: 'p50' | 'p99'; readonly limitMs: number | null },
): Finding {
  const { percentile, limitMs } = budget;
  const name = `latency-${percentile}`;
  if (limitMs === null) return { name, reason: `the profile sets no ${percentile} budget` };
  const speed = highestSpeedUnderLoad(record);
  if (speed > 1)
    return { name, reason: `latency budgets hold in real time, and the load ran at speed ${speed}` };

  const { load } = record;
  const earlier = load.phases.filter((phase) => scalingOut.includes(phase.name));
  const after = load.phases.find((phase) => phase.name === settled);
  const didScale = earlier.length > 0 || after !== undefined;
  const judged = didScale ? after?.latencyMs : load.latencyMs;
  const where = didScale ? 'after scale-out' : 'over the whole load';
  const told = earlier.map(
    (phase) => `${phase.name.replace('-', ' ')} ${shown(phase.latencyMs, percentile)}`,
  );
  return {
    name,
    passed: judged !== undefined && hasAnswers(judged) && judged[percentile] <= limitMs,
    observed: [`${where} ${shown(judged, percentile)}`, ...told].join('; '),
    expected: `${percentile} at most ${formatMilliseconds(limitMs)} ${where}`,
  };
}

/**
 * The highest speed of cloud time while load was on. Compressed, a task’s start and stop take the same CPU in a fraction of
 * the time, and a minute holds a fraction of the requests: what clients then see says little about the environment.
 */
function highestSpeedUnderLoad({ speed, load }: UnjudgedRun): number {
  const underLoad = speed.filter(({ fromCloudSeconds }, index) => {
    const untilCloudSeconds = speed[index + 1]?.fromCloudSeconds ?? Infinity;
    return fromCloudSeconds < load.toCloudSeconds && untilCloudSeconds > load.fromCloudSeconds;
  });
  return Math.max(1, ...underLoad.map((stretch) => stretch.speed));
}

/** The record’s convention: all zero when nothing was answered, which must not pass for fast. */
const hasAnswers = (latency: Latency): boolean => latency.max > 0;

const shown = (latency: Latency | undefined, percentile: 'p50' | 'p99'): string =>
  latency === undefined || !hasAnswers(latency)
    ? 'no request was answered'
    : formatMilliseconds(latency[percentile]);
