/** The user, or whoever stops this process, wants it to end. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** A terminal’s Ctrl-C may arrive twice, once by itself and once through npm: that is one wish. */
const oneWishMs = 500;

/** Watches for signals. The first aborts, so that everything ends in order; a later one calls `exitNow`. */
export function watchInterruption(
  source: { on(signal: NodeJS.Signals, listener: () => void): unknown },
  exitNow: () => void,
): AbortSignal {
  const controller = new AbortController();
  let askedMs: number | null = null;
  const interrupt = (): void => {
    const nowMs = performance.now();
    askedMs ??= nowMs;
    if (nowMs - askedMs > oneWishMs) exitNow();
    controller.abort(new InterruptedError('interrupted'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(signal, interrupt);
  return controller.signal;
}
