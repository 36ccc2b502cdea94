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
