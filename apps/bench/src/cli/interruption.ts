import { Interruption } from '@tideline/process';

/** The user, or whoever stops this process, wants it to end. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** Watches for signals. The first aborts, so that everything ends in order; a later one calls `exitNow`. */
export const watchInterruption = (
  source: ConstructorParameters<typeof Interruption>[0],
  exitNow: () => void,
): AbortSignal =>
  new Interruption(source, {
    exitNow,
    signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    reason: new InterruptedError('interrupted'),
  }).signal;
