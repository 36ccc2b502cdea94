import type { Clock } from './clock.ts';
import { throwIfInterrupted } from '@tideline/process';
import type { StepContext } from './steps/step.ts';

/** What one look at the world came to. */
export type Look<Value> =
  { readonly done: true; readonly value: Value } | { readonly done: false; readonly waitingFor: string };

export interface PollOptions {
  /** Time between the end of one look and the start of the next. */
  readonly intervalMs: number;
  /** Time after which no further look is taken. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  /** `say` is called each time the step waits for something else. */
  readonly context: StepContext;
}

/**
 * Looks until something is done, or the deadline has passed; then the last look says what was missing.
 * @throws InterruptedError, and whatever a look throws
 */
export async function poll<Value>(
  look: () => Promise<Look<Value>>,
  { intervalMs, deadlineMs, clock, context }: PollOptions,
): Promise<Look<Value>> {
  const startMs = clock.nowMs();
  let said = '';
  for (;;) {
    throwIfInterrupted(context.signal);
    const seen = await look();
    if (seen.done) return seen;
    if (seen.waitingFor !== said) context.say((said = seen.waitingFor));
    if (clock.nowMs() - startMs + intervalMs > deadlineMs) return seen;
    await clock.wait(intervalMs, context.signal);
  }
}
