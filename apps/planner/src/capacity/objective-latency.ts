import type { Objective } from '@tideline/planner';
import { UsageError } from '@tideline/process';
import type { LoadFigures } from '../processes/load-runner-program.ts';

/**
 * What the load runner measured at the percentile of an objective, milliseconds.
 * @throws UsageError TL-CAPACITY-SLO where it does not measure that percentile
 */
export function objectiveLatency(
  { load: { latencyMs } }: LoadFigures,
  { latencyPercentile }: Pick<Objective, 'latencyPercentile'>,
): number {
  const latency = latencyMs[`p${String(latencyPercentile).replace('.', '')}`];
  if (latency !== undefined) return latency;
  const known = Object.keys(latencyMs).filter((name) => /^p\d+$/.test(name));
  const names = known.map((name) => name.replace(/^(p\d\d)(\d+)$/, '$1.$2'));
  throw new UsageError(
    'TL-CAPACITY-SLO',
    `--slo p${latencyPercentile}: the load runner does not measure it; allowed: ${names.join(', ')}`,
  );
}
