import type {
  ExportAnswer,
  ExportJob,
  ExportRequest,
  ExportThread,
  StartExportThread,
} from './export-job.ts';

export interface ThreadExporterOptions {
  readonly job: ExportJob;
  readonly start: StartExportThread;
  /** Takes what became of a batch, or of all that a thread had when it died: undefined for what has been sent. */
  readonly onResult: (error: Error | undefined) => void;
  /** Takes what OpenTelemetry says in the thread. */
  readonly warn: (message: string) => void;
}

/**
 * Has a thread send batches. It starts at once, and if it dies, again with the next batch: its streams are of another kind than
 * those of requests, and code that the engine has already made for the latter alone would be thrown away.
 */
export class ThreadExporter {
  readonly #options: ThreadExporterOptions;
  #thread: ExportThread | undefined;
  #waiting = 0;
  #spare: SharedArrayBuffer | undefined;
  #onIdle: (() => void) | undefined;

  constructor(options: ThreadExporterOptions) {
    this.#options = options;
    this.#thread = this.#start();
    this.#thread.unref();
  }

  /** Whether a batch may be sent now. */
  get isFree(): boolean {
    return this.#waiting < this.#options.job.concurrency;
  }

  /** Memory of a batch that has been sent, for the next one: fresh pages for each would cost more than to write them. */
  takeSpare(): SharedArrayBuffer | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }

  send(request: ExportRequest): void {
    this.#waiting += 1;
    this.#thread ??= this.#start();
    this.#thread.ref();
    this.#thread.send(request);
  }

  /** Ends the thread once all is sent, or has taken as long as it may. */
  async close(): Promise<void> {
    if (this.#waiting > 0) {
      const { timeoutMs } = this.#options.job;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    await this.#thread?.terminate();
  }

  #start(): ExportThread {
    const { job, start } = this.#options;
    const thread = start(job, {
      onAnswer: (answer) => {
        // What a thread said before it died may come late.
        if (thread === this.#thread) this.#hear(answer);
      },
      onEnded: (error) => {
        this.#thread = undefined;
        if (this.#waiting > 0) this.#settle(this.#waiting, error);
      },
    });
    return thread;
  }

  #hear(answer: ExportAnswer): void {
    if ('warning' in answer) {
      this.#options.warn(answer.warning);
      return;
    }
    this.#spare ??= answer.spare;
    this.#settle(1, answer.error === undefined ? undefined : new Error(answer.error));
  }

  #settle(count: number, error: Error | undefined): void {
    this.#waiting -= count;
    if (this.#waiting === 0) {
      this.#thread?.unref();
      this.#onIdle?.();
    }
    this.#options.onResult(error);
  }
}
