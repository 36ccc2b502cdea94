import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RuntimeObservation } from '@tideline/evidence';
import { UsageError, endWithUs } from '@tideline/process';
import { type OwnedRuntime, StartFailure, type TaskProcess, type TaskSpec } from '../tasks/task-runtime.ts';
import { CommandTask } from './command-task.ts';
import { cgroupShares, joinCommand } from './cpu/cgroup-shares.ts';
import type { CpuGroup, CpuShares } from './cpu/cpu-shares.ts';
import { mostCpus } from './cpu/most-cpus.ts';
import { DeferredProcess } from './deferred-process.ts';
import { FreePorts } from './free-port.ts';
import { commandVariables } from './program-variables.ts';
import { type Look, healthCheckLook, takesConnections } from './readiness.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { TaskOutput } from './task-output.ts';

/** Wall time that programs get to end by themselves when the twin closes. */
const closeTimeoutMs = 3000;

/** Runs any program as a task: `local.command`. */
export class CommandRuntime implements OwnedRuntime {
  readonly #parts: RuntimeParts;
  readonly #argv: readonly string[];
  readonly #shares: CpuShares;
  readonly #look: Look;
  readonly #ports = new FreePorts();
  readonly #tasks = new Set<CommandTask>();
  /** Everything that is to be over before the runtime is. */
  readonly #endings = new Set<Promise<unknown>>();
  /** Programs started so far: an instance starts its own again under the same id. */
  #started = 0;
  #isClosed = false;

  /** @throws UsageError where `local.cwd` is no folder */
  constructor(parts: RuntimeParts) {
    const { command, cwd } = parts.environment.local;
    if (command === null) throw new Error('a description without local.command has another runtime');
    if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new UsageError(
        'TL-TWIN-FOLDER',
        `local.cwd: ${resolve(cwd)} is no folder. Name one, relative to the folder in which the twin is started`,
      );
    this.#parts = parts;
    this.#argv = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
    this.#shares = cgroupShares();
    this.#look =
      parts.environment.local.readiness === 'listening'
        ? takesConnections
        : healthCheckLook(parts.environment);
  }

  describe(): RuntimeObservation {
    return { kind: 'command', description: 'a command', cpu: this.#shares.description };
  }

  start(spec: TaskSpec): TaskProcess {
    return new DeferredProcess(async (signal) => {
      const port = await this.#ports.take();
      try {
        signal.throwIfAborted();
        if (this.#isClosed) throw new StartFailure('the twin has ended');
        return this.#spawn(spec, port);
      } catch (error) {
        this.#ports.giveBack(port);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const task of this.#tasks) {
      task.terminate();
      task.thaw();
    }
    const timer = setTimeout(() => this.#killTasks(), closeTimeoutMs);
    await Promise.all(this.#endings);
    clearTimeout(timer);
    this.#shares.close();
  }

  killAll(): void {
    this.#isClosed = true;
    this.#killTasks();
    this.#shares.close();
  }

  #killTasks(): void {
    for (const task of this.#tasks) task.kill();
  }

  #spawn(spec: TaskSpec, port: number): CommandTask {
    const { environment, traceVariables, secrets, agentUri, onOutput } = this.#parts;
    const group = this.#shares.open(`${spec.taskId}-${(this.#started += 1)}`, mostCpus(environment));
    const [file = '', ...args] = group === null ? this.#argv : joining(group, this.#argv);
    const child = spawn(file, args, {
      cwd: environment.local.cwd,
      // A session of its own: the terminal’s Ctrl-C reaches the twin alone, and all that the program starts is known by it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: commandVariables({ environment, traceVariables, secrets, spec, agentUri }, port, process.env),
    });
    endWithUs(child, 0);
    const task = new CommandTask({
      child,
      group,
      listener: { host: '127.0.0.1', port },
      look: this.#look,
      stopSignal: environment.local.stopSignal,
      output: new TaskOutput(Object.values(secrets), (line) => onOutput(spec.taskId, line)),
      portVariable: environment.local.portVariable,
    });
    this.#tasks.add(task);
    const ending = task.exited.then(async () => {
      this.#tasks.delete(task);
      this.#ports.giveBack(port);
      await group?.remove();
      this.#endings.delete(ending);
    });
    this.#endings.add(ending);
    return task;
  }
}

/** The arguments with which a program enters its control group before it begins. */
const joining = ({ joinFile }: CpuGroup, argv: readonly string[]): readonly string[] => [
  '/bin/sh',
  '-c',
  joinCommand('exec "$@"'),
  joinFile,
  ...argv,
];
