import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
  type TaskUsage,
} from '../tasks/task-runtime.ts';
import { endOf, endWords } from './child-end.ts';
import type { CpuGroup } from './cpu/cpu-shares.ts';
import { ProcessTree } from './processes/process-tree.ts';
import { type Listener, type Look, becomesReady, longestStartMs } from './readiness.ts';
import type { TaskOutput } from './task-output.ts';

/** Wall time between two looks whether everything that was asked to end has. */
const pollMs = 25;
/** Wall time for which the last words of a program are waited for, where a process that went to the background keeps its output open. */
const lastWordsMs = 500;

export interface CommandTaskOptions {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly listener: Listener;
  readonly look: Look;
  readonly stopSignal: NodeJS.Signals;
  readonly output: TaskOutput;
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
    const { child, output, group } = options;
    this.#options = options;
    this.#tree = new ProcessTree(child.pid ?? -1, () => group?.pids() ?? []);
    output.read(child.stdout);
    output.read(child.stderr);
    this.exited = this.#live();
    this.listening = this.#start();
    // A task that is stopped while it starts has no reader of `listening`.
    this.listening.catch(() => undefined);
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

  async #start(): Promise<TaskEndpoint> {
    const { child, listener, look, output, portVariable } = this.#options;
    const failed = new Promise<never>((_resolve, reject) =>
      child.once('error', (error) => reject(new StartFailure(error.message, { cause: error }))),
    );
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const ready = await Promise.race([failed, becomesReady(listener, look, this.#ended.signal)]);
    if (ready) return listener;
    if (!this.#ended.signal.aborted) {
      this.kill();
      throw new StartFailure(
        output.epitaph(
          `nothing was ready on 127.0.0.1:${listener.port} within ${longestStartMs / 1000} s; the program must listen on the port that the variable ${portVariable} names`,
        ),
      );
    }
    const exit = await this.exited;
    await Promise.race([closed, pause(lastWordsMs)]);
    throw new StartFailure(output.epitaph(endWords(exit)));
  }
}
