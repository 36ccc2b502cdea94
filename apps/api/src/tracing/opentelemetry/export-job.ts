import { Worker } from 'node:worker_threads';

/** What the thread that exports is started for. */
export interface ExportJob {
  readonly kind: 'export';
  readonly url: string;
  /** Longest that a batch may take with all its retries. */
  readonly timeoutMs: number;
  /** Batches that may be on their way at a time. */
  readonly concurrency: number;
}

/**
 * A batch, written as OTLP. Its memory is shared, and not moved to the thread: once a buffer has been moved in a thread, the
 * engine looks at every buffer there before it uses it, which costs 2 % of a request.
 */
export interface ExportRequest {
  readonly spanCount: number;
  readonly body: Uint8Array<SharedArrayBuffer>;
}

/** What became of a batch, or what OpenTelemetry says on the way. */
export type ExportAnswer =
  | {
      /** Undefined for a batch that has been sent. */
      readonly error: string | undefined;
      /** The memory of a batch that has been sent: a later one is written into it. */
      readonly spare: SharedArrayBuffer | undefined;
    }
  | { readonly warning: string };

/** A thread that exports batches. It keeps the process alive from `ref` to `unref`. */
export type ExportThread = Pick<Worker, 'ref' | 'unref' | 'terminate'> & {
  send(request: ExportRequest): void;
};

/** Starts a thread. `onEnded` means that it is gone, and what it was sending with it. */
export type StartExportThread = (
  job: ExportJob,
  events: { readonly onAnswer: (answer: ExportAnswer) => void; readonly onEnded: (error: Error) => void },
) => ExportThread;

/** From the program’s own entry, as CPU threads are. Batches are not in its heap. */
export const startExportThread: StartExportThread = (job, { onAnswer, onEnded }) => {
  const worker = new Worker(new URL('main.mjs', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
  });
  let failure: Error | undefined;
  worker.on('message', onAnswer);
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', (code) => onEnded(failure ?? new Error(`the thread that exports ended with ${code}`)));
  return {
    send: (request) => worker.postMessage(request),
    ref: () => worker.ref(),
    unref: () => worker.unref(),
    terminate: () => worker.terminate(),
  };
};
