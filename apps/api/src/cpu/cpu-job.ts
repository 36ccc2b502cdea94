import { Worker } from 'node:worker_threads';
import type { StartSpender } from './cpu-pool.ts';

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

/** A spender on a worker thread. The thread keeps no process alive: the server does that. */
export const startThreadSpender: StartSpender = ({ onDone, onFailed }) => {
  const worker = startCpuThread({ kind: 'on-demand' });
  let failure: Error | undefined;
  worker.unref();
  worker.on('message', onDone);
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', (code) => onFailed(failure ?? new Error(`CPU thread exited with code ${code}`)));
  return {
    spend: (cpuMs) => worker.postMessage(cpuMs),
    close: () => void worker.terminate(),
  };
};
