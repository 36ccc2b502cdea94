import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type Environment, programShare, protectionVariables, storefrontVariables } from '@tideline/config';
import type { RuntimeObservation } from '@tideline/evidence';
import { endWithUs } from '@tideline/process';
import {
  type OwnedRuntime,
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
  type TaskSpec,
} from '../tasks/task-runtime.ts';
import { endOf, endWords } from './child-end.ts';
import { readUsage } from './read-usage.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { TaskOutput } from './task-output.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Share of a task’s memory that its JavaScript heap may grow to. */
const heapShare = 0.75;

/** Seconds that children get to end by themselves when the twin was killed. */
const orphanSeconds = 3;
/** Wall time that children get to end by themselves when the twin closes. */
const closeTimeoutMs = 3000;

/** Runs the backend that is shipped here: each task as a child process of its own, on an ephemeral port of the loopback interface. */
export class BackendRuntime implements OwnedRuntime {
  readonly #parts: RuntimeParts;
  readonly #children = new Set<Child>();

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
  }

  describe(): RuntimeObservation {
    return {
      kind: 'backend',
      description: 'processes of the backend that is shipped here',
      cpu: 'measured, not enforced',
    };
  }

  start(spec: TaskSpec): TaskProcess {
    const { environment, backendFile, storeVariables, traceVariables, secrets, onOutput, agentUri } =
      this.#parts;
    const heapMiB = Math.floor(programShare(environment).memoryMiB * heapShare);
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=2', backendFile],
      {
        // A group of its own, so that the terminal’s Ctrl-C reaches the twin alone, which then stops its tasks in order.
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...taskVariables(environment, spec),
          ...storeVariables,
          ...traceVariables,
          ...secrets,
          ...spec.variables,
          ...fixedVariables(spec),
          ...(agentUri === null ? {} : { ECS_AGENT_URI: agentUri(spec.taskId) }),
        },
      },
    );
    this.#children.add(child);
    endWithUs(child, orphanSeconds);
    void endOf(child).then(() => this.#children.delete(child));
    return new BackendTask(
      child,
      new TaskOutput(Object.values(secrets), (line) => onOutput(spec.taskId, line)),
    );
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
    TASK_CPU_UNITS: String(programShare(environment).cpuUnits),
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

class BackendTask implements TaskProcess {
  readonly listening: Promise<TaskEndpoint>;
  readonly exited: Promise<TaskExit>;
  readonly #child: Child;
  #metricsPort: number | undefined;

  constructor(child: Child, output: TaskOutput) {
    this.#child = child;
    this.exited = endOf(child);
    child.stdin.on('error', () => undefined); // the child is gone: `exited` says so
    this.listening = new Promise((resolve, reject) => {
      output.read(child.stdout, (line) => {
        const started = parseListening(line);
        if (started === undefined) return true;
        this.#metricsPort = started.metricsPort;
        resolve({ host: '127.0.0.1', port: started.port });
        return false;
      });
      output.read(child.stderr);
      child.once('error', (error) => reject(new StartFailure(error.message, { cause: error })));
      // 'close', not 'exit': by then everything the process said has been read.
      child.once('close', (code, signal) =>
        reject(new StartFailure(output.epitaph(endWords({ code, signal })))),
      );
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
