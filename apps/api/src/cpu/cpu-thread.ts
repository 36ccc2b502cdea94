import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { burn } from './burn.ts';
import type { CpuJob } from './cpu-job.ts';
import { idleMs } from './duty-cycle.ts';

const now = (): number => performance.now();

/** The entry of a worker thread. */
export function runCpuThread(job: CpuJob): void {
  if (job.kind === 'on-demand') spendOnDemand();
  else keepDutyCycle(job);
}

function spendOnDemand(): void {
  parentPort?.on('message', (cpuMs: number) => {
    parentPort?.postMessage(burn(cpuMs, now));
  });
}

const windowMs = 100;

function keepDutyCycle({ fraction, durationMs }: Extract<CpuJob, { kind: 'duty-cycle' }>): void {
  yieldToServingThreads();
  const never = new Int32Array(new SharedArrayBuffer(4));
  const startMs = now();
  let usedMs = 0;
  for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs = now() - startMs) {
    const usedInWindowMs = burn(Math.min(windowMs, durationMs - elapsedMs) * fraction, now);
    usedMs += usedInWindowMs;
    parentPort?.postMessage(usedInWindowMs);
    Atomics.wait(never, 0, 0, idleMs({ fraction, usedMs, elapsedMs: now() - startMs }));
  }
}

/** On Linux a thread’s niceness is its own: the event loop keeps its place in the run queue. Where that fails, only speed is lost. */
function yieldToServingThreads(): void {
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some sandboxes forbid it.
  }
}
