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
import { ContainerUsage } from './engine/container-usage.ts';
import type { Engine } from './engine/engine.ts';
import { type Listener, type Look, becomesReady, longestStartMs } from './readiness.ts';
import type { TaskOutput } from './task-output.ts';

/** Wall time after which a container that was told to die is told again: it may not have been there yet. */
const againMs = 500;

export interface ContainerTaskOptions {
  readonly engine: Engine;
  /** Of the container. */
  readonly name: string;
  /** The engine’s `run`, which ends as the container does. */
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly listener: Listener;
  readonly look: Look;
  readonly output: TaskOutput;
  readonly stopTimeoutSeconds: number;
  /** Port in the container, for the message. */
  readonly containerPort: number;
}

/** A task that is a container. */
export class ContainerTask implements TaskProcess {
  readonly listening: Promise<TaskEndpoint>;
  readonly exited: Promise<TaskExit>;
  readonly #options: ContainerTaskOptions;
  readonly #usage: ContainerUsage;
  readonly #ended = new AbortController();
  #isKilled = false;

  constructor(options: ContainerTaskOptions) {
    const { child, output, engine, name } = options;
    this.#options = options;
    this.#usage = new ContainerUsage(engine, name);
    output.read(child.stdout);
    output.read(child.stderr);
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    this.exited = endOf(child).then((exit) => {
      this.#ended.abort();
      return exit;
    });
    this.listening = this.#start(closed);
    // A task that is stopped while it starts has no reader of `listening`.
    this.listening.catch(() => undefined);
  }

  async usage(): Promise<TaskUsage | undefined> {
    if (this.#ended.signal.aborted) return undefined;
    const usage = await this.#usage.read();
    return this.#hasEnded() ? undefined : usage;
  }

  terminate(): void {
    const { engine, name, stopTimeoutSeconds } = this.#options;
    void engine.run(['stop', '--time', String(stopTimeoutSeconds), name]).then(({ exitCode }) => {
      // It was not there yet: it is not needed any more.
      if (exitCode !== 0 && !this.#hasEnded()) this.kill();
    });
  }

  kill(): void {
    if (this.#isKilled) return;
    this.#isKilled = true;
    void this.#kill();
  }

  freeze(): void {
    void this.#options.engine.run(['pause', this.#options.name]);
  }

  /** A paused container takes no signal, and one that is being made cannot be killed yet. */
  async #kill(): Promise<void> {
    const { engine, name } = this.#options;
    while (!this.#hasEnded()) {
      const { exitCode } = await engine.run(['kill', name]);
      if (exitCode !== 0 && (await engine.run(['unpause', name])).exitCode === 0) continue;
      await Promise.race([this.exited, pause(againMs)]);
    }
  }

  #hasEnded(): boolean {
    return this.#ended.signal.aborted;
  }

  async #start(closed: Promise<void>): Promise<TaskEndpoint> {
    const { listener, look, output, containerPort } = this.#options;
    if (await becomesReady(listener, look, this.#ended.signal)) return listener;
    if (this.#hasEnded()) {
      await closed;
      throw new StartFailure(output.epitaph(endWords(await this.exited)));
    }
    this.kill();
    throw new StartFailure(
      output.epitaph(
        `nothing answered within ${longestStartMs / 1000} s; the container must listen on port ${containerPort} (container.port), on all addresses`,
      ),
    );
  }
}
