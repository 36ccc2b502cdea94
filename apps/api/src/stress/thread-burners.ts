import { startCpuThread } from '../cpu/cpu-job.ts';
import type { StartBurners } from './stress.ts';

/** Burners on worker threads. A thread that fails ends like one that is done: the progress shows the CPU it used. */
export const threadBurners =
  (onFailed: (error: Error) => void): StartBurners =>
  ({ threads, fraction, durationMs }, { onUsed, onEnd }) => {
    let running = threads;
    const workers = Array.from({ length: threads }, () =>
      startCpuThread({ kind: 'duty-cycle', fraction, durationMs }),
    );
    for (const worker of workers) {
      worker.unref();
      worker.on('message', onUsed);
      worker.on('error', onFailed);
      worker.on('exit', () => {
        running -= 1;
        if (running === 0) onEnd();
      });
    }
    return { stop: () => workers.forEach((worker) => void worker.terminate()) };
  };
