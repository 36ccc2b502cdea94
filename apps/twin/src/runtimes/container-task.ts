import { setTimeout as pause } from 'node:timers/promises';
import type { TaskEndpoint, TaskExit, TaskProcess, TaskUsage } from '../tasks/task-runtime.ts';
import { endOf } from './child-end.ts';
import { ContainerUsage } from './engine/container-usage.ts';
import type { Engine } from './engine/engine.ts';
import { type StartedProgram, programStart } from './program-start.ts';

/** Wall time after which a container that was told to die is told again: it may not have been there yet. */
const againMs = 500;

/** The program is the engine’s `run`, which ends as the container does. */
export interface ContainerTaskOptions extends StartedProgram {
  readonly engine: Engine;
  /** Of the container. */
  readonly name: string;
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
    const { child, engine, name, containerPort } = options;
    this.#options = options;
    this.#usage = new ContainerUsage(engine, name);
    this.exited = endOf(child).then((exit) => {
      this.#ended.abort();
      return exit;
    });
    this.listening = programStart(options, {
      ...{ exited: this.exited, ended: this.#ended.signal },
      kill: () => this.kill(),
      must: `the container must listen on port ${containerPort} (container.port), on all addresses`,
    });
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
}
