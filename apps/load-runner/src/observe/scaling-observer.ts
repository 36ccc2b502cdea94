import type { Observation } from '@tideline/evidence';

/** Looks at a running environment from outside. One implementation per place where an environment can run. */
export interface ScalingObserver {
  readonly kind: 'twin' | 'aws' | 'none';
  /** Wall time between looks, milliseconds: as often as the environment bears to be asked. */
  readonly periodMs: number;
  /**
   * Everything that can be seen at the moment; null where there is nothing to look at (kind `none`).
   * @throws ObserverError when nothing could be seen though there should be.
   */
  observe(): Promise<Observation | null>;
  /**
   * Sets how fast cloud time passes.
   * @param speed cloud seconds per wall second.
   * @throws ObserverError where cloud time cannot be set.
   */
  setSpeed(speed: number): Promise<void>;
}

/** The observed environment did not answer, or not in a way that can be read. */
export class ObserverError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`TL-RUN-OBSERVER ${message}`, options);
    this.name = 'ObserverError';
  }
}

/** Sees nothing: the load alone is judged, and cloud time is wall time. */
export const noObserver: ScalingObserver = {
  kind: 'none',
  periodMs: Infinity,
  observe: () => Promise.resolve(null),
  setSpeed: () =>
    Promise.reject(new ObserverError('without an observer cloud time is wall time, and its speed stays 1')),
};
