import { nearestName } from '@tideline/config';
import { type ColumnOptions } from './csv/csv-columns.ts';
import { RemarkLog } from './remark-log.ts';
import { readFiles } from './sources/read-files.ts';
import { sourceFiles } from './sources/source-files.ts';
import { type TraceFormat } from './sources/trace-format.ts';
import type { GapRule } from './series/fill-gaps.ts';
import type { DuplicateRule } from './series/tidy-samples.ts';
import { createShape, parseShape, shapeNames } from './shapes/create-shape.ts';
import type { Trace } from './trace.ts';
import { traceRates } from './trace-rates.ts';
import { traceError } from './trace-codes.ts';

/** How a trace is read, or generated. Every field may be left out. */
export interface TraceOptions extends ColumnOptions {
  /** Seed of a shape’s noise and random times. @default 1 */
  readonly seed?: number | undefined;
  /** Multiplies every rate; time is never stretched, since that would change how fast load grows. Above 0. @default 1 */
  readonly scale?: number | undefined;
  /** @default found from the content */
  readonly format?: TraceFormat | undefined;
  /** IANA name of the zone of times that have none. @default UTC, with a remark */
  readonly zone?: string | undefined;
  /** Length of a step, seconds; values that come oftener are put together. @default the period of the values; 60 for access logs */
  readonly periodSeconds?: number | undefined;
  /** @default refuse */
  readonly duplicates?: DuplicateRule | undefined;
  /** @default estimate for CSV; zero for CloudWatch and access logs, which have no entry where there was no request */
  readonly gaps?: GapRule | undefined;
}

/**
 * Opens a trace: a shape by its name, with or without parameters (`daily`, `daily:low=10,high=200`), or files by the path
 * of a file or folder, or a pattern such as `logs/*.gz`. A shape wins over a file of its name; `./daily` is the file.
 * @throws UsageError with a code of `traceErrorCodes`
 */
export async function openTrace(source: string, options: TraceOptions = {}): Promise<Trace> {
  const shape = parseShape(source);
  const trace =
    shape === undefined
      ? await readSource(source, options)
      : createShape(shape.name, { ...options, ...shape });
  return scaledTrace(trace, options.scale);
}

/** Rates above it are no traffic, and sums over them would not be finite. */
const highestRequestsPerSecond = 1e12;

/**
 * The same trace with every rate multiplied.
 * @throws UsageError TL-TRACE-OPTION unless the scale is above 0, TL-TRACE-NUMBER for a rate that no service has
 */
export function scaledTrace(trace: Trace, scale = 1): Trace {
  if (!(scale > 0 && Number.isFinite(scale)))
    throw traceError('TL-TRACE-OPTION', `--scale: got ${scale}; allowed are numbers above 0`);
  const scaled = scale === 1 ? trace : multiplied(trace, scale);
  const { peakRequestsPerSecond: peak } = traceRates(scaled);
  if (peak <= highestRequestsPerSecond) return scaled;
  throw traceError(
    'TL-TRACE-NUMBER',
    `${trace.name}: got a rate of ${peak} requests per second; allowed is up to ${highestRequestsPerSecond}: look for another column with --trace-column, or give a lower --scale`,
  );
}

function multiplied(trace: Trace, scale: number): Trace {
  return {
    ...trace,
    requestsPerSecond: trace.requestsPerSecond.map((rate) => rate * scale),
    remarks: [
      ...trace.remarks,
      { code: 'TL-TRACE-SCALED', message: `every rate was multiplied by ${scale}` },
    ],
  };
}

async function readSource(source: string, options: TraceOptions): Promise<Trace> {
  const files = await sourceFiles(source, () => {
    const meant = nearestName(source, shapeNames);
    return `${meant === undefined ? '' : `did you mean ${meant}? `}allowed are the path of a file or folder, and the shapes ${shapeNames.join(', ')}`;
  });
  return readFiles(source, { files, options, remarks: new RemarkLog() });
}
