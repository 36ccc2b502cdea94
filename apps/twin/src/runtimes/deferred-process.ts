import { messageOf } from '@tideline/process';
import {
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
  type TaskUsage,
} from '../tasks/task-runtime.ts';

const asStartFailure = (error: unknown): never => {
  throw error instanceof StartFailure ? error : new StartFailure(messageOf(error), { cause: error });
};

const neverStarted: TaskExit = { code: null, signal: 'SIGKILL' };

/** A task’s process that has to be prepared before it runs: a port is chosen, an image built. It may be stopped before it starts. */
export class DeferredProcess implements TaskProcess {
  readonly listening: Promise<TaskEndpoint>;
  readonly exited: Promise<TaskExit>;
  readonly #abort = new AbortController();
  #process: TaskProcess | undefined;

  /** @param prepare starts the process, unless the signal aborts before; rejects with a StartFailure */
  constructor(prepare: (signal: AbortSignal) => Promise<TaskProcess>) {
    const started = prepare(this.#abort.signal)
      .catch(asStartFailure)
      .then((process) => {
        this.#process = process;
        // It was asked to end between its start and this moment.
        if (this.#abort.signal.aborted) process.kill();
        return process;
      });
    this.listening = started.then(({ listening }) => listening);
    this.exited = started.then(
      ({ exited }) => exited,
      () => neverStarted,
    );
    // A task that is stopped while it starts leaves nobody waiting for `listening`.
    this.listening.catch(() => undefined);
  }

  async usage(): Promise<TaskUsage | undefined> {
    return this.#process?.usage();
  }

  terminate(): void {
    this.#abort.abort(new StartFailure('it was stopped before it started'));
    this.#process?.terminate();
  }

  kill(): void {
    this.#abort.abort(new StartFailure('it was stopped before it started'));
    this.#process?.kill();
  }

  freeze(): void {
    this.#process?.freeze();
  }
}
