import type { Clock, Timer } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** setTimeout takes a 32-bit number of milliseconds; longer waits are cut into pieces. */
const longestTimeoutMs = 2 ** 31 - 1;

/**
 * Cloud time as wall time multiplied by a speed that may change while it runs. Callbacks run in the order of their cloud
 * time, and in the order of their registration where that is equal, however late the process gets to them.
 */
export class ScaledClock implements Clock {
  #speed: number;
  #originCloudSeconds = 0;
  #originWallMs: number;
  readonly #wallMs: () => number;
  readonly #queue = new TimerQueue();
  #handle: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** @param options.speed cloud seconds per wall second, above 0 */
  constructor(options: { readonly speed: number; readonly wallMs?: () => number }) {
    this.#speed = options.speed;
    this.#wallMs = options.wallMs ?? (() => performance.now());
    this.#originWallMs = this.#wallMs();
  }

  get speed(): number {
    return this.#speed;
  }

  now(): number {
    return this.#originCloudSeconds + ((this.#wallMs() - this.#originWallMs) / 1000) * this.#speed;
  }

  /** Goes on from the present cloud time at another speed; pending callbacks keep their cloud time. */
  setSpeed(speed: number): void {
    this.#originCloudSeconds = this.now();
    this.#originWallMs = this.#wallMs();
    this.#speed = speed;
    this.#arm();
  }

  at(cloudSeconds: number, callback: () => void): Timer {
    // Whatever still winds up when the clock has been stopped must not keep the process waiting.
    if (this.#isStopped) return { cancel: () => undefined };
    const pending = this.#queue.add(cloudSeconds, callback);
    if (this.#queue.first() === pending) this.#arm();
    return { cancel: () => this.#cancel(pending) };
  }

  /** Cancels every pending callback, and takes no further ones. */
  stop(): void {
    this.#isStopped = true;
    this.#queue.clear();
    clearTimeout(this.#handle);
  }

  #cancel(pending: ReturnType<TimerQueue['add']>): void {
    const wasFirst = this.#queue.first() === pending;
    this.#queue.remove(pending);
    if (wasFirst) this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#handle);
    const first = this.#queue.first();
    if (first === undefined) return;
    const waitMs = ((first.atCloudSeconds - this.now()) / this.#speed) * 1000;
    this.#handle = setTimeout(() => this.#run(), Math.min(Math.max(Math.ceil(waitMs), 0), longestTimeoutMs));
  }

  /** Node’s timers may fire up to a millisecond early: only what is really due runs. */
  #run(): void {
    for (const { callback } of this.#queue.takeDue(this.now())) callback();
    this.#arm();
  }
}
