import type { TraceOptions } from '../open-trace.ts';
import type { RemarkLog } from '../remark-log.ts';
import type { EvenSteps, TraceUnit } from '../series/even-steps.ts';
import { sampledTrace } from '../series/sampled-trace.ts';
import type { Samples } from '../series/samples.ts';

/**
 * Values of CloudWatch as even steps. Balancers report nothing for a minute without requests, so missing values are zeros
 * unless the options say otherwise, and the period is the greatest one that divides all differences of times.
 * @throws UsageError
 */
export function metricTrace(
  samples: Samples,
  options: TraceOptions & { readonly knownUnit: TraceUnit | null },
  remarks: RemarkLog,
): EvenSteps {
  const samplePeriodSeconds = commonDivisor(samples);
  const gaps = options.gaps ?? 'zero';
  return sampledTrace(samples, { ...options, gaps, samplePeriodSeconds }, remarks);
}

/** Seconds; undefined for fewer than two times. */
function commonDivisor(samples: Samples): number | undefined {
  let divisor = 0;
  for (let index = 1; index < samples.length; index++) {
    let rest = Math.abs(samples.timeAt(index) - samples.timeAt(0));
    while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  }
  return divisor === 0 ? undefined : divisor / 1000;
}
