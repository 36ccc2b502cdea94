/** One thread that spends CPU time on demand, one job at a time. */
export interface CpuSpender {
  /** Starts a job; `onDone` or the thread’s failure follows. */
  spend(cpuMs: number): void;
  close(): void;
}

/** Starts a thread. `onFailed` means that it is gone, and its job with it. */
export type StartSpender = (events: {
  readonly onDone: () => void;
  readonly onFailed: (error: Error) => void;
}) => CpuSpender;

export interface CpuPoolOptions {
  readonly threads: number;
  /** CPU time per job. */
  readonly cpuMs: number;
  readonly startSpender: StartSpender;
}

/** Work that waits longer than this is refused: the balancer would give up on it anyway. */
const longestWaitMs = 10_000;

/** Jobs that may wait, by the time they take: at most 10 s of work, from 16 to 1024. */
export const queueLimitFor = (threads: number, cpuMs: number): number =>
  Math.min(1024, Math.max(16, Math.floor((longestWaitMs * threads) / cpuMs)));

interface Job {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  spender: CpuSpender;
  job: Job | undefined;
}

/** Spends CPU off the event loop, on few threads and with a bounded queue. */
export class CpuPool {
  readonly queueLimit: number;
  readonly #options: CpuPoolOptions;
  readonly #slots: Slot[] = [];
  readonly #queue: Job[] = [];
  #closed = false;

  constructor(options: CpuPoolOptions) {
    this.#options = options;
    this.queueLimit = queueLimitFor(options.threads, options.cpuMs);
    for (let thread = 0; thread < options.threads; thread += 1) this.#slots.push(this.#startSlot());
  }

  /** Resolves when the CPU time is spent, rejects when its thread dies; `full` when too many wait already. */
  spend(): Promise<void> | 'full' {
    const idle = this.#slots.find(({ job }) => job === undefined);
    if (idle === undefined && this.#queue.length >= this.queueLimit) return 'full';
    return new Promise((resolve, reject) => {
      const job = { resolve, reject };
      if (idle === undefined) this.#queue.push(job);
      else this.#run(idle, job);
    });
  }

  close(): void {
    this.#closed = true;
    for (const { spender } of this.#slots) spender.close();
  }

  #startSlot(): Slot {
    const slot: Slot = { spender: this.#startSpender(() => slot), job: undefined };
    return slot;
  }

  #startSpender(slot: () => Slot): CpuSpender {
    return this.#options.startSpender({
      onDone: () => this.#finish(slot(), (job) => job.resolve()),
      onFailed: (error) => {
        if (this.#closed) return;
        slot().spender = this.#startSpender(slot);
        this.#finish(slot(), (job) => job.reject(error));
      },
    });
  }

  #finish(slot: Slot, settle: (job: Job) => void): void {
    const { job } = slot;
    slot.job = undefined;
    const next = this.#queue.shift();
    if (next !== undefined) this.#run(slot, next);
    if (job !== undefined) settle(job);
  }

  #run(slot: Slot, job: Job): void {
    slot.job = job;
    slot.spender.spend(this.#options.cpuMs);
  }
}
