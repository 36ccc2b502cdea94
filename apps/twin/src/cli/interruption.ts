import { Interruption as Wishes } from '@tideline/process';

/** Exit code of a program that SIGINT ended. */
export const interruptedExitCode = 130;

/** The user’s wish to stop, from SIGINT, SIGTERM or SIGHUP. */
export interface Interruption {
  readonly isRequested: boolean;
  /** Resolves at the first signal. */
  readonly requested: Promise<void>;
}

/**
 * Watches for the signals that end a program. The first asks for an orderly end; one that comes after it,
 * when the user has lost patience, ends everything at once.
 */
export function watchInterruption(endAtOnce: () => void): Interruption {
  const { signal } = new Wishes(process, {
    signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    exitNow: () => {
      endAtOnce();
      process.exit(interruptedExitCode);
    },
  });
  process.on('exit', endAtOnce);
  return {
    get isRequested() {
      return signal.aborted;
    },
    requested: new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
  };
}
