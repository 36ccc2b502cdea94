import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ExportJob, ExportThread, StartExportThread } from './export-job.ts';
import { type OtlpBytes, OtlpJson } from './otlp-json.ts';
import type { RecordedSpan } from './recorded-span.ts';

type OnResult = (result: ExportResult) => void;

/**
 * Writes batches as OTLP, and has a thread send them, which gives their memory back: fresh pages for each would cost more than to
 * write them. It starts with the first batch, and again with the next one if it dies.
 */
export class ThreadExporter {
  readonly #options: { readonly job: ExportJob; readonly start: StartExportThread };
  readonly #warn: (message: string) => void;
  readonly #written = new OtlpJson();
  readonly #waiting = new Map<number, OnResult>();
  #thread: ExportThread | undefined;
  #spare: OtlpBytes | undefined;
  #nextId = 0;

  /** @param warn takes what OpenTelemetry says in the thread */
  constructor(
    options: { readonly job: ExportJob; readonly start: StartExportThread },
    warn: (message: string) => void,
  ) {
    this.#options = options;
    this.#warn = warn;
  }

  export(spans: readonly RecordedSpan[], onResult: OnResult): void {
    const body = this.#written.serializeRequest(spans, this.#spare);
    this.#spare = undefined;
    if (body === undefined) {
      onResult({ code: ExportResultCode.SUCCESS });
      return;
    }
    const id = this.#nextId++;
    this.#waiting.set(id, onResult);
    this.#thread ??= this.#start();
    this.#thread.ref();
    this.#thread.send({ id, spanCount: spans.length, body });
  }

  /** Ends the thread, and what it has not sent by then fails: the processor has waited for it before. */
  async shutdown(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): ExportThread {
    return this.#options.start(this.#options.job, {
      onAnswer: (answer) => {
        if ('warning' in answer) {
          this.#warn(answer.warning);
          return;
        }
        this.#spare = answer.spare;
        this.#settle(
          answer.id,
          answer.code,
          answer.error === undefined ? undefined : new Error(answer.error),
        );
      },
      onEnded: (error) => {
        this.#thread = undefined;
        for (const id of [...this.#waiting.keys()]) this.#settle(id, ExportResultCode.FAILED, error);
      },
    });
  }

  #settle(id: number, code: ExportResultCode, error: Error | undefined): void {
    const onResult = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#thread?.unref();
    onResult?.(error === undefined ? { code } : { code, error });
  }
}
