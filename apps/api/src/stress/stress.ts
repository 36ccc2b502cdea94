import { dutyCycle, type DutyCycle } from '../cpu/duty-cycle.ts';
import { startCpuThread } from '../cpu/cpu-job.ts';
import type { ScaleInProtection } from '../protection/scale-in-protection.ts';

/** Starts threads that keep the duty cycle until the time is over. */
export type StartBurners = (
  cycle: DutyCycle & { readonly durationMs: number },
  events: {
    readonly onUsed: (cpuMs: number) => void;
    /** All threads ended by themselves. */
    readonly onEnd: () => void;
  },
) => { readonly stop: () => void };

export interface StressOptions {
  readonly taskVcpus: number;
  readonly startBurners: StartBurners;
  readonly now: () => Date;
  /** A run goes on after its request: it keeps the task. */
  readonly protection: ScaleInProtection;
}

export interface StressRun {
  readonly state: 'running' | 'completed' | 'cancelled';
  readonly percent: number;
  readonly seconds: number;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  readonly cpuMs: number;
}

type MutableRun = { -readonly [Key in keyof StressRun]: StressRun[Key] };

/** Burns a percentage of the task’s CPU share for a time: one run at a time. */
export class Stress {
  readonly #options: StressOptions;
  #run: MutableRun | undefined;
  #stop: () => void = () => undefined;
  #protected: Promise<void> = Promise.resolve();

  constructor(options: StressOptions) {
    this.#options = options;
  }

  /** The run that is under way, or the last one. */
  get run(): StressRun | undefined {
    return this.#run;
  }

  /** Resolves when the task is protected for the run that was started last, or cannot be. */
  get protected(): Promise<void> {
    return this.#protected;
  }

  /** @returns the new run, or `busy` while one is running */
  start(percent: number, seconds: number): StressRun | 'busy' {
    if (this.#run?.state === 'running') return 'busy';
    const { taskVcpus, startBurners, now, protection } = this.#options;
    this.#protected = protection.begin();
    const run: MutableRun = {
      state: 'running',
      percent,
      seconds,
      startedAt: now(),
      endedAt: undefined,
      cpuMs: 0,
    };
    this.#run = run;
    const burners = startBurners(
      { ...dutyCycle(percent, taskVcpus), durationMs: seconds * 1000 },
      {
        onUsed: (cpuMs) => {
          run.cpuMs += cpuMs;
        },
        onEnd: () => this.#end(run, 'completed'),
      },
    );
    this.#stop = () => {
      this.#end(run, 'cancelled');
      burners.stop();
    };
    return run;
  }

  /** @returns the cancelled run, or undefined when none is running */
  cancel(): StressRun | undefined {
    if (this.#run?.state !== 'running') return undefined;
    this.#stop();
    return this.#run;
  }

  #end(run: MutableRun, state: 'completed' | 'cancelled'): void {
    if (run.state !== 'running') return;
    run.state = state;
    run.endedAt = this.#options.now();
    this.#options.protection.end();
  }
}

/** Burners on worker threads. A thread that fails ends like one that is done: the progress shows the CPU it used. */
export const threadBurners =
  (onFailed: (error: Error) => void): StartBurners =>
  ({ threads, fraction, durationMs }, { onUsed, onEnd }) => {
    let running = threads;
    const workers = Array.from({ length: threads }, () =>
      startCpuThread({ kind: 'duty-cycle', fraction, durationMs }),
    );
    for (const worker of workers) {
      worker.unref();
      worker.on('message', onUsed);
      worker.on('error', onFailed);
      worker.on('exit', () => {
        running -= 1;
        if (running === 0) onEnd();
      });
    }
    return { stop: () => workers.forEach((worker) => void worker.terminate()) };
  };
