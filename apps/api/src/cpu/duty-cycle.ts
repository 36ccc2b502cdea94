/** How the busy share of a task is split over its threads. */
export interface DutyCycle {
  readonly threads: number;
  /** Share of the time that each thread is busy, above 0 and at most 1. */
  readonly fraction: number;
}

/** @param percent of the task’s CPU share @param taskVcpus that share in vCPUs */
export function dutyCycle(percent: number, taskVcpus: number): DutyCycle {
  const busyVcpus = (percent / 100) * taskVcpus;
  const threads = Math.max(1, Math.ceil(busyVcpus));
  return { threads, fraction: busyVcpus / threads };
}

/** How long a thread must rest so that its use so far is the fraction of the elapsed time; 0 when it is behind. */
export const idleMs = (state: {
  readonly fraction: number;
  readonly usedMs: number;
  readonly elapsedMs: number;
}): number => Math.max(0, state.usedMs / state.fraction - state.elapsedMs);
