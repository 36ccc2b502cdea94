import type { Timers } from './timers.ts';

/** Something to be done at a time. */
export interface DueTask {
  readonly dueMs: number;
  readonly run: (dueMs: number) => void;
}

/**
 * How much too early a task may run, milliseconds: timers have whole milliseconds,
 * and to wait once more for a fraction would only make it late instead.
 */
const earlyMs = 0.5;

/** Runs tasks when they are due, earliest first, with a single timer however many there are: a binary heap. */
export class DueQueue {
  readonly #timers: Timers;
  readonly #heap: DueTask[] = [];
  readonly #cancelled = new WeakSet<DueTask>();
  #armedForMs = Infinity;
  #disarm: () => void = () => undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  add(task: DueTask): DueTask {
    this.#heap.push(task);
    this.#rise(this.#heap.length - 1);
    this.#arm();
    return task;
  }

  /** The task will not run; nothing happens when it already has. */
  cancel(task: DueTask): void {
    this.#cancelled.add(task);
  }

  /** Drops every task. */
  clear(): void {
    this.#heap.length = 0;
    this.#disarm();
    this.#armedForMs = Infinity;
  }

  #arm(): void {
    const first = this.#heap[0];
    if (first === undefined || first.dueMs >= this.#armedForMs) return;
    this.#disarm();
    this.#armedForMs = first.dueMs;
    this.#disarm = this.#timers.at(first.dueMs, () => this.#wake());
  }

  #wake(): void {
    this.#armedForMs = Infinity;
    // The clock is read again for each task: sending takes time, and what falls due meanwhile must not wait for a timer.
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.dueMs > this.#timers.now() + earlyMs) break;
      this.#removeFirst();
      if (!this.#cancelled.has(first)) first.run(first.dueMs);
    }
    this.#arm();
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#dueAt(parent) <= this.#dueAt(index)) return;
      this.#swap(parent, index);
      index = parent;
    }
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const smaller = this.#dueAt(left + 1) < this.#dueAt(left) ? left + 1 : left;
      if (this.#dueAt(smaller) >= this.#dueAt(index)) return;
      this.#swap(smaller, index);
      index = smaller;
    }
  }

  #dueAt(index: number): number {
    return this.#heap[index]?.dueMs ?? Infinity;
  }

  #swap(left: number, right: number): void {
    const [a, b] = [this.#heap[left], this.#heap[right]];
    if (a === undefined || b === undefined) return;
    this.#heap[left] = b;
    this.#heap[right] = a;
  }
}
