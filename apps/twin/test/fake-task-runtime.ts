import {
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
  type TaskRuntime,
  type TaskSpec,
  type TaskUsage,
} from '../src/tasks/task-runtime.ts';

/** A task’s process without a process: it does at once what it is told, unless it is frozen or deaf. */
export class FakeTaskProcess implements TaskProcess {
  readonly spec: TaskSpec;
  readonly listening: Promise<TaskEndpoint>;
  readonly exited: Promise<TaskExit>;
  /** What it was sent, in order. */
  readonly signals: string[] = [];
  /** Does not end on SIGTERM. */
  isDeaf = false;
  isFrozen = false;
  reading: TaskUsage | undefined = { cpuSeconds: 0, memoryMiB: 64, readAtMs: 0 };
  hasExited = false;
  listen: () => void = () => undefined;
  #failStart: (error: Error) => void = () => undefined;
  #exit: (exit: TaskExit) => void = () => undefined;

  constructor(spec: TaskSpec) {
    this.spec = spec;
    this.listening = new Promise((resolve, reject) => {
      this.listen = () => resolve({ host: '127.0.0.1', port: 1000 });
      this.#failStart = reject;
    });
    this.listening.catch(() => undefined);
    this.exited = new Promise((resolve) => (this.#exit = resolve));
  }

  usage(): Promise<TaskUsage | undefined> {
    return Promise.resolve(this.isFrozen || this.hasExited ? undefined : this.reading);
  }

  terminate(): void {
    this.signals.push('SIGTERM');
    if (!this.isDeaf && !this.isFrozen) this.exit({ code: 0, signal: null });
  }

  kill(): void {
    this.signals.push('SIGKILL');
    this.exit({ code: null, signal: 'SIGKILL' });
  }

  freeze(): void {
    this.signals.push('SIGSTOP');
    this.isFrozen = true;
  }

  /** Ends, with what it said last when it has not listened yet. */
  exit(exit: TaskExit, lastWords = 'it ended'): void {
    this.hasExited = true;
    this.#exit(exit);
    this.#failStart(new StartFailure(lastWords));
  }
}

/** Starts fake processes and keeps them by task id. */
export class FakeTaskRuntime implements TaskRuntime {
  readonly processes = new Map<string, FakeTaskProcess>();
  /** What each new process does. @default it listens at once */
  onStart: (process: FakeTaskProcess) => void = (process) => process.listen();

  start(spec: TaskSpec): FakeTaskProcess {
    const process = new FakeTaskProcess(spec);
    this.processes.set(spec.taskId, process);
    this.onStart(process);
    return process;
  }

  of(taskId: string): FakeTaskProcess {
    const process = this.processes.get(taskId);
    if (process === undefined) throw new Error(`task ${taskId} has no process`);
    return process;
  }
}
