/** Exit codes by the shell’s convention: 128 and the signal’s number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

export type StopReason = keyof typeof exitCodes | 'stdin-end';

/**
 * Calls `stop` on the first SIGTERM or SIGINT, or when standard input ends if asked to; a second signal exits at once,
 * for whoever does not want to wait.
 */
export function onStopSignal(
  { stopOnStdinEnd }: { readonly stopOnStdinEnd: boolean },
  stop: (reason: StopReason) => void,
): void {
  let stopping = false;
  const request = (reason: StopReason): void => {
    if (stopping) {
      if (reason !== 'stdin-end') process.exit(exitCodes[reason]);
      return;
    }
    stopping = true;
    stop(reason);
  };
  process.on('SIGTERM', () => request('SIGTERM'));
  process.on('SIGINT', () => request('SIGINT'));
  if (!stopOnStdinEnd) return;
  process.stdin.on('end', () => request('stdin-end'));
  process.stdin.on('error', () => request('stdin-end'));
  process.stdin.resume();
}
