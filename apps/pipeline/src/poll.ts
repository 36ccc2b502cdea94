import type { Clock } from './clock.ts';
import { throwIfInterrupted } from '@tideline/process';

/** What one look at the world came to. */
export type Observation<Value> =
  { readonly done: true; readonly value: Value } | { readonly done: false; readonly waitingFor: string };

export interface PollOptions {
  /** Time between the end of one look and the start of the next. */
  readonly intervalMs: number;
  /** Time after which no further look is taken. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called when what is waited for changes. */
  readonly onWaiting?: (waitingFor: string) => void;
}

/**
 * Looks until something is done, or the deadline has passed; then the last observation tells what was missing.
 * @throws InterruptedError, and whatever a look throws
 */
export async function poll<Value>(
  look: () => Promise<Observation<Value>>,
  { intervalMs, deadlineMs, clock, signal, onWaiting }: PollOptions,
): Promise<Observation<Value>> {
  const startMs = clock.nowMs();
  let told = '';
  for (;;) {
    throwIfInterrupted(signal);
    const observation = await look();
    if (observation.done) return observation;
    if (observation.waitingFor !== told) {
      told = observation.waitingFor;
      onWaiting?.(told);
    }
    if (clock.nowMs() - startMs + intervalMs > deadlineMs) return observation;
    await clock.wait(intervalMs, signal);
  }
}
