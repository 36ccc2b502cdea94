import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError } from '@tideline/process';

/** Time, as the steps see it; tests give one of their own. */
export interface Clock {
  /** Milliseconds since an arbitrary start; never goes back. */
  nowMs(): number;
  /** @throws InterruptedError when the signal comes first. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wait: async (durationMs, signal) => {
    try {
      await sleep(durationMs, undefined, { signal });
    } catch {
      throw new InterruptedError();
    }
  },
};
