import { Worker } from 'node:worker_threads';

/** What a CPU thread is started for. Both kinds post numbers: the CPU milliseconds used since they last did. */
export type CpuJob =
  /** Spends, for each message `cpuMs: number`, that much CPU and answers with what it used. */
  | { readonly kind: 'on-demand' }
  /** Keeps its core busy for a fraction of the time, reports what it used from time to time, then exits. */
  | { readonly kind: 'duty-cycle'; readonly fraction: number; readonly durationMs: number };

/**
 * Starts a thread from the program’s own entry, which looks at `isMainThread` and lies beside every part of the bundle.
 * Its heap holds a counter and a loop, so it gets a small one.
 */
export const startCpuThread = (job: CpuJob): Worker =>
  new Worker(new URL('main.mjs', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 },
  });
