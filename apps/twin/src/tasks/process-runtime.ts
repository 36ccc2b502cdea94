import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Environment, capacityUnit, protectionVariables, storefrontVariables } from '@tideline/config';
import { endWithUs } from '@tideline/process';
import { readUsage } from './read-usage.ts';
import {
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
  type TaskRuntime,
  type TaskSpec,
} from './task-runtime.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Share of a task’s memory that its JavaScript heap may grow to. */
const heapShare = 0.75;
/** Lines of a task’s output that are kept to explain a failed start. */
const keptLines = 5;

/** Seconds that children get to end by themselves when the twin was killed. */
const orphanSeconds = 3;
/** Wall time that children get to end by themselves when the twin closes. */
const closeTimeoutMs = 3000;

export interface ProcessRuntimeOptions {
  readonly environment: Environment;
  /** The bundled backend. */
  readonly backendFile: string;
  /** Environment variables that every task gets, over those of the description. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where ECS’s agent of a task answers; null where tasks have none. */
  readonly agentUri: ((taskId: string) => string) | null;
}

/** Runs each task as a child process of its own, on an ephemeral port of the loopback interface. */
export class ProcessRuntime implements TaskRuntime {
  readonly #options: ProcessRuntimeOptions;
  readonly #children = new Set<Child>();

  constructor(options: ProcessRuntimeOptions) {
    this.#options = options;
  }

  start(spec: TaskSpec): TaskProcess {
    const { environment, backendFile, variables, agentUri } = this.#options;
    const heapMiB = Math.floor(capacityUnit(environment).memoryMiB * heapShare);
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=2', backendFile],
      {
        // A group of its own, so that the terminal’s Ctrl-C reaches the twin alone, which then stops its tasks in order.
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...taskVariables(environment, spec),
          ...variables,
          ...spec.variables,
          ...fixedVariables(spec),
          ...(agentUri === null ? {} : { ECS_AGENT_URI: agentUri(spec.taskId) }),
        },
      },
    );
    this.#children.add(child);
    endWithUs(child, orphanSeconds);
    void endOf(child).then(() => this.#children.delete(child));
    return new ChildTask(child);
  }

  /** Asks every child to end, and ends those that have not after a moment. */
  async close(): Promise<void> {
    const ended = [...this.#children].map((child) => endOf(child));
    for (const child of this.#children) {
      child.kill('SIGTERM');
      child.kill('SIGCONT'); // a frozen child could not follow
    }
    const timer = setTimeout(() => this.killAll(), closeTimeoutMs);
    await Promise.all(ended);
    clearTimeout(timer);
  }

  /** Ends every child at once: for the twin’s own end, when nothing can be awaited any more. */
  killAll(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }
}

function taskVariables(environment: Environment, spec: TaskSpec): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    PORT: '0',
    METRICS_PORT: '0',
    BASE_PATH: environment.container.basePath,
    IMAGE: environment.container.image,
    VERSION: spec.version,
    TASK_CPU_UNITS: String(capacityUnit(environment).cpuUnits),
    CPU_MILLISECONDS_PER_REQUEST: String(environment.container.cpuMillisecondsPerRequest),
    STRESS_ENABLED: String(environment.container.stressRoutes),
    IDLE_TIMEOUT_SECONDS: String(environment.loadBalancer.idleTimeoutSeconds),
    STOP_TIMEOUT_SECONDS: String(environment.container.stopTimeoutSeconds),
    ACCESS_LOG: 'off',
    ...protectionVariables(environment),
    ...storefrontVariables(environment),
  };
}

/** What no deployment may change: tasks stay on this machine, end with the twin, and go by their own names. */
const fixedVariables = (spec: TaskSpec): Record<string, string> => ({
  HOST: '127.0.0.1',
  METRICS_HOST: '127.0.0.1',
  TASK_ID: spec.taskId,
  AVAILABILITY_ZONE: spec.availabilityZone,
  // The pipe to stdin closes with the twin, however it ends: no task outlives it.
  STOP_ON_STDIN_END: 'true',
});

const endOf = (child: Child): Promise<TaskExit> =>
  new Promise((resolve) => {
    // 'exit', not 'close': the sooner a dead task leaves rotation, the fewer requests go to it.
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });

class ChildTask implements TaskProcess {
  readonly listening: Promise<TaskEndpoint>;
  readonly exited: Promise<TaskExit>;
  readonly #child: Child;
  readonly #lastLines: string[] = [];
  #metricsPort: number | undefined;

  constructor(child: Child) {
    this.#child = child;
    this.exited = endOf(child);
    child.stdin.on('error', () => undefined); // the child is gone: `exited` says so
    this.listening = new Promise((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        const started = parseListening(line);
        if (started === undefined) {
          this.#keep(line);
          return;
        }
        this.#metricsPort = started.metricsPort;
        resolve({ host: '127.0.0.1', port: started.port });
      });
      createInterface(child.stderr).on('line', (line) => this.#keep(line));
      child.once('error', (error) => reject(new StartFailure(error.message, { cause: error })));
      // 'close', not 'exit': by then everything the process said has been read.
      child.once('close', (code, signal) => reject(new StartFailure(this.#epitaph(code, signal))));
    });
    // A task that is stopped while it starts leaves nobody waiting for `listening`.
    this.listening.catch(() => undefined);
  }

  async usage() {
    return this.#metricsPort === undefined ? undefined : readUsage(this.#metricsPort);
  }

  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  #keep(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > keptLines) this.#lastLines.shift();
  }

  #epitaph(code: number | null, signal: string | null): string {
    const end = signal ?? `exit code ${code ?? 'unknown'}`;
    const said = this.#lastLines.join(' | ').slice(0, 500);
    return said === '' ? end : `${end}: ${said}`;
  }
}

function parseListening(line: string): { port: number; metricsPort: number } | undefined {
  if (!line.includes('"listening"')) return undefined;
  try {
    const { msg, port, metricsPort } = JSON.parse(line) as Record<string, unknown>;
    if (msg === 'listening' && typeof port === 'number' && typeof metricsPort === 'number')
      return { port, metricsPort };
  } catch {
    // Not a log line of ours.
  }
  return undefined;
}
