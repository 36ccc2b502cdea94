import type { ExportRequest } from './export-job.ts';
import { sourceParts, type SourceParts } from './otlp-parts.ts';
import type { SpanEnd, SpanSource, SpanStart } from './recorded-span.ts';
import { SpanBatch } from './span-batch.ts';

/** Where batches go. */
interface BatchExporter {
  /** Whether a batch may be sent now. */
  readonly isFree: boolean;
  takeSpare(): SharedArrayBuffer | undefined;
  send(request: ExportRequest): void;
}

export interface SpanBatcherOptions {
  readonly source: SpanSource;
  readonly exporter: BatchExporter;
  /** Memory of a batch, which goes out once it is full. */
  readonly batchBytes: number;
  /** A batch goes out so long after its first span. */
  readonly delayMs: number;
  /** Takes how many spans were dropped, once there is room again: the collector was too slow for them. */
  readonly onDropped: (spanCount: number) => void;
}

/** Collects spans into batches, and has them exported; in place of OpenTelemetry’s `BatchSpanProcessor`, which keeps each span. */
export class SpanBatcher {
  readonly #options: SpanBatcherOptions;
  readonly #source: SourceParts;
  #batch: SpanBatch | undefined;
  #timer: NodeJS.Timeout | undefined;
  #droppedCount = 0;

  constructor(options: SpanBatcherOptions) {
    this.#options = options;
    this.#source = sourceParts(options.source);
  }

  take(start: SpanStart, end: SpanEnd): void {
    if (this.#batch?.add(start, end) === true) return;
    this.flush();
    this.#batch ??= this.#open();
    if (!this.#batch.add(start, end)) this.#droppedCount += 1;
  }

  /** Sends what there is, if it may. */
  flush(): void {
    const { exporter } = this.#options;
    if (this.#batch === undefined || !exporter.isFree) return;
    clearTimeout(this.#timer);
    const { spanCount } = this.#batch;
    exporter.send({ spanCount, body: this.#batch.finish() });
    this.#batch = undefined;
  }

  /** Sends the last batch; what may not be sent any more is dropped. */
  close(): void {
    this.flush();
    clearTimeout(this.#timer);
    this.#droppedCount += this.#batch?.spanCount ?? 0;
    this.#batch = undefined;
    this.#sayDropped();
  }

  #open(): SpanBatch {
    const { exporter, batchBytes, delayMs } = this.#options;
    this.#sayDropped();
    const timer = setTimeout(() => {
      this.flush();
      // It may not be sent yet.
      if (this.#batch !== undefined) timer.refresh();
    }, delayMs);
    this.#timer = timer.unref();
    return new SpanBatch(this.#source, exporter.takeSpare() ?? new SharedArrayBuffer(batchBytes));
  }

  #sayDropped(): void {
    if (this.#droppedCount > 0) this.#options.onDropped(this.#droppedCount);
    this.#droppedCount = 0;
  }
}
