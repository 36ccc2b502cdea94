import type { Expectations, Finding, UnjudgedRun } from './expectations.ts';
import { formatMilliseconds } from '../record/quantity.ts';
import type { Latency } from '../record/run-record.ts';
import type { PhaseName } from './scale-out-windows.ts';

type Percentile = 'p50' | 'p95' | 'p99';

const scalingOut: readonly string[] = ['before-scale-out', 'during-scale-out'] satisfies PhaseName[];
const settled: PhaseName = 'after-scale-out';

/**
 * The latency budget holds once the service has scaled out, and over the whole load when it did not.
 * The 95th percentile is judged where the profile has a budget for it. Latency before and during scale-out is shown beside it without a budget, since scaling exists to end it.
 */
export const latencyChecks = (
  record: UnjudgedRun,
  thresholds: Expectations['thresholds'],
): readonly Finding[] => [
  latencyCheck(record, { percentile: 'p50', limitMs: thresholds.p50Ms }),
  ...(thresholds.p95Ms === null
    ? []
    : [latencyCheck(record, { percentile: 'p95', limitMs: thresholds.p95Ms })]),
  latencyCheck(record, { percentile: 'p99', limitMs: thresholds.p99Ms }),
];

function latencyCheck(
  record: UnjudgedRun,
  budget: { readonly percentile: Percentile; readonly limitMs: number | null },
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
    passed: judged !== undefined && hasAnswers(judged) && (judged[percentile] ?? Infinity) <= limitMs,
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

function shown(latency: Latency | undefined, percentile: Percentile): string {
  if (latency === undefined || !hasAnswers(latency)) return 'no request was answered';
  const milliseconds = latency[percentile];
  return milliseconds === undefined ? `has no ${percentile}` : formatMilliseconds(milliseconds);
}
