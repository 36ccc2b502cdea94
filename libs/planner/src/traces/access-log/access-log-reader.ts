import type { TraceOptions } from '../open-trace.ts';
import type { RemarkLog } from '../remark-log.ts';
import { type EvenSteps, emptySteps } from '../series/even-steps.ts';
import { fillGaps } from '../series/fill-gaps.ts';
import { batchesOfLines } from '../sources/text-lines.ts';
import type { TraceReader } from '../sources/trace-reader.ts';
import { traceError } from '../trace-codes.ts';
import { entryTime } from './entry-time.ts';

const defaultPeriodSeconds = 60;

/** Access logs of an Application Load Balancer, in any order: of each entry only its step is kept. */
export class AccessLogReader implements TraceReader {
  readonly #options: TraceOptions;
  readonly #remarks: RemarkLog;
  readonly #stepMs: number;
  /** Entries by the number of their step since 1970. */
  readonly #counts = new Map<number, number>();
  #firstMs = Infinity;
  #lastMs = -Infinity;
  #ofAnswers = 0;

  constructor(options: TraceOptions, remarks: RemarkLog) {
    this.#options = options;
    this.#remarks = remarks;
    this.#stepMs = (options.periodSeconds ?? defaultPeriodSeconds) * 1000;
  }

  async add(path: string): Promise<void> {
    let number = 0;
    for await (const lines of batchesOfLines(path)) {
      for (const line of lines) {
        number += 1;
        if (line !== '') this.#count(line, `${path}:${number}`);
      }
    }
  }

  finish(): EvenSteps {
    if (this.#counts.size === 0)
      throw traceError('TL-TRACE-EMPTY', 'got no entry; allowed are access logs with one entry a line');
    if (this.#ofAnswers > 0)
      this.#remarks.add(
        'TL-TRACE-OLD-LOG',
        `${this.#ofAnswers} entries have no request_creation_time: counted when they were answered`,
      );
    this.#remarks.add(
      'TL-TRACE-PARTIAL',
      `the first entry is of ${new Date(this.#firstMs).toISOString()}, the last one of ${new Date(this.#lastMs).toISOString()}: the steps in which they lie may be incomplete`,
    );
    const steps = this.#steps();
    fillGaps(steps, this.#options.gaps ?? 'zero', this.#remarks);
    return steps;
  }

  #count(line: string, where: string): void {
    const time = entryTime(line);
    if (time === undefined)
      throw traceError(
        'TL-TRACE-ROW',
        `${where}: no whole entry of an access log: ${line.slice(0, 100)}; allowed are the entries of Application Load Balancers, with request_creation_time as the 22nd field: leave the file out, or give --trace-format`,
      );
    const step = Math.floor(time.atMs / this.#stepMs);
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + 1);
    this.#firstMs = Math.min(this.#firstMs, time.atMs);
    this.#lastMs = Math.max(this.#lastMs, time.atMs);
    if (time.isOfAnswer) this.#ofAnswers += 1;
  }

  #steps(): EvenSteps {
    const first = Math.floor(this.#firstMs / this.#stepMs);
    const last = Math.floor(this.#lastMs / this.#stepMs);
    const spanMs = (last - first + 1) * this.#stepMs;
    const steps = emptySteps(first * this.#stepMs, { stepMs: this.#stepMs, spanMs });
    steps.requestsPerSecond.fill(NaN);
    for (const [step, count] of this.#counts)
      steps.requestsPerSecond[step - first] = count / steps.stepSeconds;
    return steps;
  }
}
