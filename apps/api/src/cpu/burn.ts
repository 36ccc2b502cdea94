/** Iterations between two looks at the clock: some tens of microseconds of work. */
const iterationsPerLook = 20_000;
/** Longer between two looks, and the thread was not running: preempted, or throttled by its CPU quota. */
const longestLookMs = 0.5;

/**
 * Keeps a core busy until the calling thread has used this much CPU time; returns what it used.
 * Node 20 has no CPU clock per thread, so time is summed over short looks at the wall clock, and a look that took too
 * long counts as an ordinary one: a thread that waits for a core does not get its wait for work.
 * @param now monotonic milliseconds
 */
export function burn(cpuMs: number, now: () => number): number {
  let usedMs = 0;
  // Until a look was ordinary, a guess: the loop has to end even where none ever is.
  let ordinaryLookMs = 0.05;
  let seed = 1;
  let lastMs = now();
  while (usedMs < cpuMs) {
    seed = churn(seed);
    const nowMs = now();
    const lookMs = nowMs - lastMs;
    if (lookMs <= longestLookMs) ordinaryLookMs = lookMs;
    usedMs += lookMs <= longestLookMs ? lookMs : ordinaryLookMs;
    lastMs = nowMs;
  }
  return usedMs;
}

/** The work itself: its result is its next input, so that no optimiser drops the loop. */
function churn(seed: number): number {
  let value = seed;
  for (let iteration = 0; iteration < iterationsPerLook; iteration += 1) {
    value = (value * 1_103_515_245 + 12_345) & 0x7fff_ffff;
  }
  return value;
}
