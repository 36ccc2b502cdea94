import type { TraceRemark } from './trace.ts';
import type { TraceRemarkCode } from './trace-codes.ts';

/** Collects what a trace’s reader repaired, assumed or doubts. */
export class RemarkLog {
  readonly #remarks: TraceRemark[] = [];

  get remarks(): readonly TraceRemark[] {
    return this.#remarks;
  }

  add(code: TraceRemarkCode, message: string): void {
    this.#remarks.push({ code, message });
  }
}
