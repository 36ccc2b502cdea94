import type { Timers } from '../src/load/schedule/timers.ts';

/** Time that passes only when a test says so. */
export class VirtualTimers implements Timers {
  #nowMs = 0;
  #waiting: { atMs: number; callback: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  at(atMs: number, callback: () => void): () => void {
    const entry = { atMs: Math.max(atMs, this.#nowMs), callback };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Lets time pass, calling back whatever falls due, in order. */
  advanceTo(untilMs: number): void {
    for (;;) {
      const due = this.#waiting.filter(({ atMs }) => atMs <= untilMs);
      const first = due.reduce<(typeof due)[number] | null>(
        (earliest, entry) => (earliest === null || entry.atMs < earliest.atMs ? entry : earliest),
        null,
      );
      if (first === null) break;
      this.#waiting = this.#waiting.filter((entry) => entry !== first);
      this.#nowMs = Math.max(this.#nowMs, first.atMs);
      first.callback();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** The process gets no time: the clock goes on, and nothing is called back until it is advanced again. */
  stallUntil(untilMs: number): void {
    this.#nowMs = untilMs;
  }
}
