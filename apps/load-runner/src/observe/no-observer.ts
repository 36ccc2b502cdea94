import { ObserverError, type ScalingObserver } from './scaling-observer.ts';

/** Sees nothing: the load alone is judged, and cloud time is wall time. */
export const noObserver: ScalingObserver = {
  kind: 'none',
  periodMs: Infinity,
  observe: () => Promise.resolve(null),
  setSpeed: () =>
    Promise.reject(new ObserverError('without an observer cloud time is wall time, and its speed stays 1')),
};
