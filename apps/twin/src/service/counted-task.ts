import type { Placed } from '../fleet/placement.ts';

/** A task as the next moves count it. */
export interface CountedTask extends Placed {
  readonly id: string;
  /** Runs the definition of the service’s present deployment. */
  readonly current: boolean;
  /** Running, and its target passes the health check. */
  readonly healthy: boolean;
  /** Failed its health check beyond the grace period: to be replaced. */
  readonly condemned: boolean;
  /** Started on top of desired to even out the zones: counts once it is healthy. */
  readonly extra: boolean;
  /** Protected from scale-in and deployments: only a failed health check or the loss of its host ends it. */
  readonly isProtected: boolean;
}

/** Takes requests, and is not to be replaced. */
export const serves = ({ healthy, condemned }: CountedTask): boolean => healthy && !condemned;

/** Stays although it is not wanted. One that fails its health check does not: that is no scale-in. */
export const isHeld = ({ isProtected, condemned }: CountedTask): boolean => isProtected && !condemned;
