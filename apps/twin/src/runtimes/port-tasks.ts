import { StartFailure, type TaskProcess } from '../tasks/task-runtime.ts';
import { FreePorts } from './free-port.ts';

/** Wall time that tasks get to end by themselves when the twin closes. */
const closeTimeoutMs = 3000;

export interface StartedTask<Task> {
  readonly task: Task;
  /** Removes what the task has left once it has ended; null where it leaves nothing. */
  readonly cleanUp: (() => Promise<void>) | null;
}

/** The tasks of a runtime whose programs are told which port to listen on. They end with the runtime, at the latest. */
export class PortTasks<Task extends TaskProcess> {
  readonly #ports = new FreePorts();
  readonly #tasks = new Set<Task>();
  /** Everything that is to be over before the runtime is. */
  readonly #endings = new Set<Promise<unknown>>();
  #isClosed = false;

  /** Starts a task on a port that is its own until it has ended. @throws StartFailure when the runtime is closed */
  async start(signal: AbortSignal, run: (port: number) => StartedTask<Task>): Promise<Task> {
    const port = await this.#ports.take();
    try {
      signal.throwIfAborted();
      if (this.#isClosed) throw new StartFailure('the twin has ended');
      return this.#keep(run(port), port);
    } catch (error) {
      this.#ports.giveBack(port);
      throw error;
    }
  }

  /** Lets no other task start. */
  refuseMore(): void {
    this.#isClosed = true;
  }

  /** Asks every task to end, and ends those that have not after a moment; none starts any more. */
  async close(ask: (task: Task) => void): Promise<void> {
    this.refuseMore();
    for (const task of this.#tasks) ask(task);
    const timer = setTimeout(() => this.kill(), closeTimeoutMs);
    await Promise.all(this.#endings);
    clearTimeout(timer);
  }

  /** Ends every task at once. */
  kill(): void {
    for (const task of this.#tasks) task.kill();
  }

  #keep({ task, cleanUp }: StartedTask<Task>, port: number): Task {
    this.#tasks.add(task);
    const ending = task.exited.then(async () => {
      this.#tasks.delete(task);
      this.#ports.giveBack(port);
      await cleanUp?.();
      this.#endings.delete(ending);
    });
    this.#endings.add(ending);
    return task;
  }
}
