import { setTimeout as pause } from 'node:timers/promises';
import type { TaskEndpoint, TaskExit, TaskProcess, TaskUsage } from '../tasks/task-runtime.ts';
import { endOf } from './child-end.ts';
import type { CpuGroup } from './cpu/cpu-shares.ts';
import { ProcessTree } from './processes/process-tree.ts';
import { type StartedProgram, programStart } from './program-start.ts';

/** Wall time between two looks whether everything that was asked to end has. */
const pollMs = 25;

export interface CommandTaskOptions extends StartedProgram {
  readonly stopSignal: NodeJS.Signals;
  /** Null where the CPU share is measured only. */
  readonly group: CpuGroup | null;
  /** Name of the variable with the port, for the message. */
  readonly portVariable: string;
}

/** A task that is a program of the user’s, with all that it starts. It ends with its first process, as a container does. */
export class CommandTask implements TaskProcess {
  readonly listening: Promise<TaskEndpoint>;
  readonly exited: Promise<TaskExit>;
  readonly #options: CommandTaskOptions;
  readonly #tree: ProcessTree;
  readonly #ended = new AbortController();
  #isStopping = false;

  constructor(options: CommandTaskOptions) {
    const { child, group, portVariable } = options;
    this.#options = options;
    this.#tree = new ProcessTree(child.pid ?? -1, () => group?.pids() ?? []);
    this.exited = this.#live();
    this.listening = programStart(options, {
      ...{ exited: this.exited, ended: this.#ended.signal },
      kill: () => this.kill(),
      must: `the program must listen on the port that the variable ${portVariable} names`,
    });
  }

  usage(): Promise<TaskUsage | undefined> {
    return Promise.resolve(this.#ended.signal.aborted ? undefined : this.#tree.usage());
  }

  terminate(): void {
    this.#isStopping = true;
    this.#signal(this.#options.stopSignal);
  }

  kill(): void {
    this.#signal('SIGKILL');
  }

  freeze(): void {
    this.#signal('SIGSTOP');
  }

  /** Lets it go on if it was frozen: a frozen process follows no other signal. */
  thaw(): void {
    this.#signal('SIGCONT');
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.#ended.signal.aborted && this.#options.child.pid !== undefined) this.#tree.signal(signal);
  }

  /** Waits for its end, and ends what it leaves behind. */
  async #live(): Promise<TaskExit> {
    const exit = await endOf(this.#options.child);
    // Asked to end, the others get the rest of the stop timeout, after which `kill` comes; else they end with the first one.
    while (this.#isStopping && this.#tree.pids().length > 0) await pause(pollMs);
    this.#signal('SIGKILL');
    this.#ended.abort();
    return exit;
  }
}
