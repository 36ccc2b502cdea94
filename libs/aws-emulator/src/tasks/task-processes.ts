import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endWithUs } from '@tideline/process';

/** Seconds that a task gets to end by itself when this process was killed. */
const orphanSeconds = 3;

/** What takes the place of a container image: a program of this machine. */
export interface TaskProgram {
  readonly file: string;
  /** Before the container’s command. */
  readonly args: readonly string[];
}

/** One container, as its task definition and the overrides of a run have it. */
export interface TaskContainer {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Paths of the container that are volumes: each is a folder of its own here, in arguments too. */
  readonly volumePaths: readonly string[];
  /** Where its output goes; null keeps none. */
  readonly log: LogStream | null;
}

export interface LogStream {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** A task as ECS would describe it (API reference, Task). */
export interface TaskState {
  readonly lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  readonly stopCode?: 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated';
  readonly stoppedReason?: string;
  readonly exitCode?: number;
}

export interface TaskProcessesOptions {
  /** Variables of every task: what leads AWS’s SDKs to the emulator. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes a line of output. */
  readonly log: (stream: LogStream, line: string) => Promise<void>;
}

interface RunningTask {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly ended: Promise<void>;
  state: TaskState;
}

/** Processes that stand for tasks. */
export class TaskProcesses {
  readonly #tasks = new Map<string, RunningTask>();
  readonly #options: TaskProcessesOptions;

  constructor(options: TaskProcessesOptions) {
    this.#options = options;
  }

  start(taskArn: string, program: TaskProgram, container: TaskContainer): void {
    const folder = mkdtempSync(join(tmpdir(), 'tideline-task-'));
    const inFolder = (argument: string): string =>
      container.volumePaths.includes(argument) ? join(folder, argument) : argument;
    const child = spawn(program.file, [...program.args, ...container.command.map(inFolder)], {
      cwd: folder,
      // The input stays open while this process lives: a program may end with it.
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...this.#options.environment, ...container.environment },
    });
    endWithUs(child, orphanSeconds);
    let logged = Promise.resolve();
    for (const output of [child.stdout, child.stderr])
      createInterface({ input: output }).on('line', (line) => {
        if (container.log === null) return;
        const stream = container.log;
        // A log group may go while its task still writes; the awslogs driver drops such lines too.
        logged = logged.then(() => this.#options.log(stream, line)).catch(() => undefined);
      });
    child.stdin.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        end({ stopCode: 'TaskFailedToStart', stoppedReason: `CannotPullContainerError: ${error.message}` });
      });
      child.once('close', (code, signal) => {
        const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
        const stopCode = 'EssentialContainerExited';
        const stoppedReason = 'Essential container in task exited';
        void logged.then(() => end({ stopCode, stoppedReason, exitCode }));
      });
      const end = (ending: Partial<TaskState>): void => {
        const { state } = task;
        // A task that a user stopped keeps the user’s reason; what failed to start is over already.
        if (state.lastStatus !== 'STOPPED')
          task.state = { ...ending, ...state, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' };
        rmSync(folder, { recursive: true, force: true });
        resolve();
      };
    });
    const task: RunningTask = {
      ...{ child, folder, ended },
      state: { lastStatus: 'PENDING', desiredStatus: 'RUNNING' },
    };
    child.once('spawn', () => (task.state = { ...task.state, lastStatus: 'RUNNING' }));
    this.#tasks.set(taskArn, task);
  }

  /** Undefined for a task that no process stands for. */
  state(taskArn: string): TaskState | undefined {
    return this.#tasks.get(taskArn)?.state;
  }

  /** Resolves once a task has stopped. */
  async ended(taskArn: string): Promise<void> {
    await this.#tasks.get(taskArn)?.ended;
  }

  /** SIGTERM now, SIGKILL after the container’s stop timeout, as ECS does. */
  stop(
    taskArn: string,
    { reason, timeoutSeconds }: { readonly reason: string; readonly timeoutSeconds: number },
  ): void {
    const task = this.#tasks.get(taskArn);
    if (task === undefined || task.state.lastStatus === 'STOPPED') return;
    task.state = {
      ...task.state,
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: reason,
    };
    task.child.kill('SIGTERM');
    const timer = setTimeout(() => task.child.kill('SIGKILL'), timeoutSeconds * 1000);
    void task.ended.then(() => clearTimeout(timer));
  }

  /** Ends every task at once. */
  async close(): Promise<void> {
    for (const { child } of this.#tasks.values()) child.kill('SIGKILL');
    await Promise.all([...this.#tasks.values()].map(({ ended }) => ended));
  }
}
