const parentCheckIntervalMs = 500;

/** Resolves on Ctrl-C, on SIGTERM, on a closed terminal, or once the parent process is gone. */
export function untilStopped(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    // No signal tells of a parent’s death; its orphans get another parent.
    const watch = setInterval(() => {
      if (process.ppid !== parent) stop();
    }, parentCheckIntervalMs);
    const stop = (): void => {
      clearInterval(watch);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  });
}
