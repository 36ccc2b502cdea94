/** The wall clock as the load sees it: tests drive a virtual one. */
export interface Timers {
  /** Milliseconds on a clock that never goes back; its zero means nothing. */
  now(): number;
  /** Calls back once, at `atMs` or as soon after it as can be. Returns what cancels it. */
  at(atMs: number, callback: () => void): () => void;
}

/** Node’s timers: whole milliseconds, so a call back may come up to one too early or too late. */
export const wallTimers: Timers = {
  now: () => performance.now(),
  at(atMs, callback) {
    const timer = setTimeout(callback, Math.max(1, Math.round(atMs - performance.now())));
    return () => clearTimeout(timer);
  },
};
