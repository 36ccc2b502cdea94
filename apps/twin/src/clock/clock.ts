/** A pending callback on a clock. */
export interface Timer {
  cancel(): void;
}

/** Cloud time: what the environment would read on its wall clock in AWS. Everything in the twin is timed by one clock. */
export interface Clock {
  /** Cloud time since the twin was started, seconds. */
  now(): number;
  /** Cloud seconds per wall second. */
  readonly speed: number;
  /** Runs `callback` at the given cloud time, never before this call returns; a change of speed moves it. */
  at(cloudSeconds: number, callback: () => void): Timer;
}

/** Resolves at the given cloud time, at once when it has passed. */
export const until = (clock: Clock, cloudSeconds: number): Promise<void> =>
  new Promise((resolve) => {
    clock.at(cloudSeconds, resolve);
  });

/**
 * Cloud time at which real work (a process that ends, a socket that answers) may be given up:
 * the cloud’s own limit, but never less than `floorWallSeconds` of wall time, because compressed time does not make processes faster.
 */
export const deadline = (
  clock: Clock,
  limit: { readonly cloudSeconds: number; readonly floorWallSeconds: number },
): number => clock.now() + Math.max(limit.cloudSeconds, limit.floorWallSeconds * clock.speed);
