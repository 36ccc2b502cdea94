import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RuntimeObservation } from '@tideline/evidence';
import { UsageError, endWithUs } from '@tideline/process';
import type { OwnedRuntime, TaskProcess, TaskSpec } from '../tasks/task-runtime.ts';
import { CommandTask } from './command-task.ts';
import { cgroupShares, joinCommand } from './cpu/cgroup-shares.ts';
import type { CpuGroup, CpuShares } from './cpu/cpu-shares.ts';
import { mostCpus } from './cpu/most-cpus.ts';
import { DeferredProcess } from './deferred-process.ts';
import { PortTasks, type StartedTask } from './port-tasks.ts';
import { commandVariables } from './program-variables.ts';
import { type Look, healthCheckLook, takesConnections } from './readiness.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { TaskOutput } from './task-output.ts';

/** Runs any program as a task: `local.command`. */
export class CommandRuntime implements OwnedRuntime {
  readonly #parts: RuntimeParts;
  readonly #argv: readonly string[];
  readonly #shares: CpuShares;
  readonly #look: Look;
  readonly #tasks = new PortTasks<CommandTask>();
  /** Programs started so far: an instance starts its own again under the same id. */
  #started = 0;

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
    return new DeferredProcess((signal) => this.#tasks.start(signal, (port) => this.#spawn(spec, port)));
  }

  async close(): Promise<void> {
    await this.#tasks.close((task) => {
      task.terminate();
      task.thaw();
    });
    this.#shares.close();
  }

  killAll(): void {
    this.#tasks.refuseMore();
    this.#tasks.kill();
    this.#shares.close();
  }

  #spawn(spec: TaskSpec, port: number): StartedTask<CommandTask> {
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
    return { task, cleanUp: group && (() => group.remove()) };
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
