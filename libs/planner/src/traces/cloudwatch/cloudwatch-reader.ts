import type { TraceOptions } from '../open-trace.ts';
import type { RemarkLog } from '../remark-log.ts';
import { type EvenSteps, type TraceUnit } from '../series/even-steps.ts';
import { type NamedUnit, commonUnit, namedUnit } from '../series/named-unit.ts';
import { Samples } from '../series/samples.ts';
import { textOf } from '../sources/text-lines.ts';
import type { TraceReader } from '../sources/trace-reader.ts';
import { RowClock } from '../times/row-clock.ts';
import { traceError } from '../trace-codes.ts';
import { type MetricValues, metricValues } from './metric-values.ts';
import { metricTrace } from './metric-trace.ts';

/** Characters of one file at most: 14 days of minutes are one million. */
const longestText = 134_217_728;

/** Answers of CloudWatch as the AWS CLI prints them; several files are pages of one answer. */
export class CloudWatchReader implements TraceReader {
  readonly #options: TraceOptions;
  readonly #remarks: RemarkLog;
  readonly #samples = new Samples();
  readonly #clock: RowClock;
  #unit: TraceUnit | null = null;

  constructor(options: TraceOptions, remarks: RemarkLog) {
    this.#options = options;
    this.#remarks = remarks;
    this.#clock = new RowClock(options.zone);
  }

  async add(path: string): Promise<void> {
    const values = metricValues(await wholeText(path), this.#options.column, path);
    const { unit, perSeconds } = this.#unitOf(values, path);
    this.#unit = commonUnit(this.#unit, unit, path);
    if (values.isPartial)
      this.#remarks.add(
        'TL-TRACE-PARTIAL',
        `${path}: CloudWatch had more values than it holds; the AWS CLI gets all of them without --max-items and --no-paginate`,
      );
    this.#addAll(values, perSeconds, path);
  }

  finish(): EvenSteps {
    this.#clock.report(this.#remarks);
    return metricTrace(this.#samples, { ...this.#options, knownUnit: this.#unit }, this.#remarks);
  }

  #unitOf({ name, isSum }: MetricValues, path: string): NamedUnit {
    const { unit: given } = this.#options;
    const named = namedUnit(name, { given, where: path });
    if (given !== undefined || isSum === null || (!isSum && named.unit === 'rate')) return named;
    if (named.unit === 'rate')
      throw traceError(
        'TL-TRACE-UNIT',
        `${path}: got the Sum of "${name}", and a sum of rates is no traffic; get the Average, or say what a value is with --trace-unit`,
      );
    return { unit: isSum ? 'count' : null, perSeconds: 1 };
  }

  #addAll({ points }: MetricValues, perSeconds: number, path: string): void {
    for (const [index, { time, value }] of points.entries()) {
      if (!(value >= 0))
        throw traceError(
          'TL-TRACE-NEGATIVE',
          `${path}: value ${index + 1}: got ${value}; allowed are numbers from 0 up`,
        );
      this.#samples.add(this.#clock.read(time, path, index + 1), value / perSeconds);
    }
  }
}

async function wholeText(path: string): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of textOf(path)) {
    parts.push(part);
    length += part.length;
    if (length > longestText)
      throw traceError(
        'TL-TRACE-JSON',
        `${path}: longer than ${longestText} characters; allowed is the answer for one metric`,
      );
  }
  return parts.join('');
}
