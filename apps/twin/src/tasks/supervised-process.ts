import { type Clock, deadline } from '../clock/clock.ts';
import type { TaskEndpoint, TaskExit, TaskProcess, TaskRuntime, TaskSpec } from './task-runtime.ts';

/** A stopping process gets at least this much wall time before SIGKILL, however fast cloud time runs. */
const stopFloorWallSeconds = 5;

/** Thrown by what waits when its owner is asked to stop, or the process ends. */
export const interrupted = new Error('a stop was requested or the process ended');

/** The process behind a task or an instance, and the wish to stop, which may come before it, during its start, or later. */
export class SupervisedProcess {
  readonly #stopRequested: Promise<'stop'>;
  #requestStop: () => void = () => undefined;
  readonly #killed: Promise<void>;
  #noteKilled: () => void = () => undefined;
  #process: TaskProcess | undefined;
  /** How the process ended, or has been made to. */
  #exit: TaskExit | undefined;

  constructor() {
    this.#stopRequested = new Promise((resolve) => {
      this.#requestStop = () => resolve('stop');
    });
    this.#killed = new Promise((resolve) => (this.#noteKilled = resolve));
  }

  /** Undefined until it is started. */
  get process(): TaskProcess | undefined {
    return this.#process;
  }

  get exit(): TaskExit | undefined {
    return this.#exit;
  }

  /** @throws StartFailure when the process ends before it listens, `interrupted` when a stop is requested before */
  async start(runtime: TaskRuntime, spec: TaskSpec): Promise<TaskEndpoint> {
    const process = runtime.start(spec);
    this.#process = process;
    void process.exited.then((exit) => (this.#exit = exit));
    return Promise.race([process.listening, this.#untilStop()]);
  }

  requestStop(): void {
    this.#requestStop();
  }

  /** Ends the process at once, and interrupts what waits for it. False when there is none. */
  kill(): boolean {
    if (this.#process !== undefined) {
      this.#process.kill();
      // The twin need not wait until the system reports its end.
      this.#exit ??= { code: null, signal: 'SIGKILL' };
    }
    this.#noteKilled();
    return this.#process !== undefined;
  }

  /** Waits for `work`. @throws `interrupted` when a stop is requested or the process ends first */
  async interruptible<T>(work: Promise<T>): Promise<T> {
    const ends: Promise<unknown>[] = [this.#stopRequested, this.#killed];
    if (this.#process !== undefined) ends.push(this.#process.exited);
    return Promise.race([work, ...ends.map((end) => end.then(() => Promise.reject(interrupted)))]);
  }

  /** A dead process is noticed at a cloud time (Infinity: never by itself), or when a stop is requested: the earlier one. */
  async untilNoticed(clock: Clock, cloudSeconds: number): Promise<void> {
    if (cloudSeconds <= clock.now()) return;
    const noticed = new Promise<void>((resolve) => {
      if (cloudSeconds === Infinity) return;
      const timer = clock.at(cloudSeconds, resolve);
      void this.#stopRequested.then(() => timer.cancel());
    });
    await Promise.race([noticed, this.#stopRequested]);
  }

  /** Waits until the target has drained. A dead process has nothing to drain; its target leaves by itself. */
  async drain(drained: Promise<void>): Promise<void> {
    if (this.#process === undefined || this.#exit !== undefined) return;
    await Promise.race([drained, this.#process.exited]);
  }

  /** Ends the process: SIGTERM, and SIGKILL when it takes longer than the stop timeout. */
  async end(clock: Clock, stopTimeoutSeconds: number): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    if (this.#exit !== undefined) {
      await process.exited;
      return;
    }
    process.terminate();
    const killAt = deadline(clock, {
      cloudSeconds: stopTimeoutSeconds,
      floorWallSeconds: stopFloorWallSeconds,
    });
    const killer = clock.at(killAt, () => process.kill());
    await process.exited;
    killer.cancel();
  }

  async #untilStop(): Promise<never> {
    await Promise.race([this.#stopRequested, this.#killed]);
    throw interrupted;
  }
}
