/** A terminal’s Ctrl-C may arrive twice, once by itself and once through npm: later signals count only after this time. */
const sameKeystrokeMs = 500;

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
  let firstAtMs: number | undefined;
  let request: () => void = () => undefined;
  const requested = new Promise<void>((resolve) => (request = resolve));
  const onSignal = (): void => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      request();
    } else if (nowMs - firstAtMs > sameKeystrokeMs) {
      endAtOnce();
      process.exit(interruptedExitCode);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.on('exit', endAtOnce);
  return {
    get isRequested() {
      return firstAtMs !== undefined;
    },
    requested,
  };
}
