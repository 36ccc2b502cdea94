import type { TraceOptions } from '../open-trace.ts';
import type { RemarkLog } from '../remark-log.ts';
import { type TraceUnit } from '../series/even-steps.ts';
import { sampledTrace } from '../series/sampled-trace.ts';
import { commonUnit } from '../series/named-unit.ts';
import { Samples } from '../series/samples.ts';
import type { TraceReader } from '../sources/trace-reader.ts';
import type { EvenSteps } from '../series/even-steps.ts';
import { RowClock } from '../times/row-clock.ts';
import { readCsv } from './read-csv.ts';

/** Rows of a time and a value. */
export class CsvReader implements TraceReader {
  readonly #options: TraceOptions;
  readonly #remarks: RemarkLog;
  readonly #samples = new Samples();
  readonly #clock: RowClock;
  /** What the header says of the values. */
  #unit: TraceUnit | null = null;

  constructor(options: TraceOptions, remarks: RemarkLog) {
    this.#options = options;
    this.#remarks = remarks;
    this.#clock = new RowClock(options.zone);
  }

  async add(path: string): Promise<void> {
    const unit = await readCsv(path, this.#options, {
      samples: this.#samples,
      clock: this.#clock,
      remarks: this.#remarks,
    });
    this.#unit = commonUnit(this.#unit, unit, path);
  }

  finish(): EvenSteps {
    this.#clock.report(this.#remarks);
    return sampledTrace(this.#samples, { ...this.#options, knownUnit: this.#unit }, this.#remarks);
  }
}
