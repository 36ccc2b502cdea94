import type { TraceOptions } from '../open-trace.ts';
import type { RemarkLog } from '../remark-log.ts';
import { traceError } from '../trace-codes.ts';
import { type EvenSteps, type TraceUnit, evenSteps } from './even-steps.ts';
import { fillGaps } from './fill-gaps.ts';
import type { Samples } from './samples.ts';
import { tidySamples } from './tidy-samples.ts';

interface SampleOptions extends TraceOptions {
  /** What the file says of its values; null: nothing. */
  readonly knownUnit: TraceUnit | null;
  /** Undefined: it is found. */
  readonly samplePeriodSeconds?: number | undefined;
}

/** Samples as even steps without gaps. @throws UsageError TL-TRACE-EMPTY, and those of the steps on the way */
export function sampledTrace(samples: Samples, options: SampleOptions, remarks: RemarkLog): EvenSteps {
  if (!hasValue(samples))
    throw traceError(
      'TL-TRACE-EMPTY',
      'got no value: there is no row, or none has one; allowed are a time and a value in each row',
    );
  const unit = options.unit ?? options.knownUnit;
  if (unit === null)
    remarks.add(
      'TL-TRACE-UNIT-ASSUMED',
      'nothing says what a value is: read as the count of requests in its period; --trace-unit rate reads it as requests per second',
    );
  const ordered = tidySamples(samples, options.duplicates ?? 'refuse', remarks);
  const { periodSeconds, samplePeriodSeconds } = options;
  const steps = evenSteps(ordered, { unit: unit ?? 'count', periodSeconds, samplePeriodSeconds }, remarks);
  // Ten million samples are no longer needed, and the trace needs the room.
  ordered.cut(0);
  fillGaps(steps, options.gaps ?? 'estimate', remarks);
  return steps;
}

function hasValue(samples: Samples): boolean {
  for (let index = 0; index < samples.length; index++) if (!Number.isNaN(samples.valueAt(index))) return true;
  return false;
}
