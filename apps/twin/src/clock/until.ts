import type { Clock } from './clock.ts';

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
