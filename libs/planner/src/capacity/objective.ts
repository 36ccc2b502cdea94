import { UsageError } from '@tideline/process';
import type { Objective } from './capacity.ts';

/** Where the objective names a percentile alone. */
const defaultFailedPercent = 0.1;

const form = 'pN=TIME and errors=N%, separated by a comma, such as p99=50ms,errors=0.1%';

/**
 * Reads `p99=50ms,errors=0.1%`: one percentile with a time in ms or s, and the share of requests that may fail
 * (0.1 % where it is left out).
 * @throws UsageError TL-CAPACITY-SLO
 */
export function parseObjective(text: string): Objective {
  const refuse = (why: string): never => {
    throw new UsageError('TL-CAPACITY-SLO', `--slo ${text}: ${why}; allowed: ${form}`);
  };
  let latency: Pick<Objective, 'latencyPercentile' | 'latencyMilliseconds'> | null = null;
  let failedPercent: number | null = null;
  for (const part of text.split(',').map((one) => one.trim())) {
    const percentile = /^p(\d+(?:\.\d+)?)=(\d+(?:\.\d+)?)(ms|s)$/.exec(part);
    const errors = /^errors=(\d+(?:\.\d+)?)%$/.exec(part);
    if (percentile !== null) {
      if (latency !== null) refuse('names two percentiles; one is judged');
      const [, at, time, unit] = percentile;
      latency = {
        latencyPercentile: Number(at),
        latencyMilliseconds: Number(time) * (unit === 's' ? 1000 : 1),
      };
      if (!(latency.latencyPercentile > 0 && latency.latencyPercentile < 100))
        refuse(`p${at} is no percentile between 0 and 100`);
      if (!(latency.latencyMilliseconds > 0)) refuse('a latency of 0 holds nowhere');
    } else if (errors !== null) {
      if (failedPercent !== null) refuse('names errors twice');
      failedPercent = Number(errors[1]);
      if (failedPercent >= 100) refuse('errors of 100 % and more hold everywhere');
    } else refuse(`"${part}" is neither a percentile nor errors`);
  }
  if (latency === null) return refuse('names no percentile');
  return { ...latency, failedPercent: failedPercent ?? defaultFailedPercent };
}

/** As `parseObjective` reads it. */
export const formatObjective = ({
  latencyPercentile,
  latencyMilliseconds,
  failedPercent,
}: Objective): string => `p${latencyPercentile}=${latencyMilliseconds}ms,errors=${failedPercent}%`;
