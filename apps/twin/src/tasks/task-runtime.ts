import type { RuntimeObservation } from '@tideline/evidence';

/** Where a started task listens. */
export interface TaskEndpoint {
  readonly host: string;
  readonly port: number;
}

/** What a task has used since its start. */
export interface TaskUsage {
  readonly cpuSeconds: number;
  readonly memoryMiB: number;
  /** Wall time of the reading, milliseconds on the runtime’s own monotonic clock. */
  readonly readAtMs: number;
}

export interface TaskExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One started task, as its host sees it. */
export interface TaskProcess {
  /** Rejects with a StartFailure when the process ends before it listens. */
  readonly listening: Promise<TaskEndpoint>;
  readonly exited: Promise<TaskExit>;
  /** CPU and memory used; undefined when that cannot be read. */
  usage(): Promise<TaskUsage | undefined>;
  /** Asks the process to end (SIGTERM, or the stop signal of the description). */
  terminate(): void;
  /** Ends it at once (SIGKILL). */
  kill(): void;
  /** Stops it from running without ending it (SIGSTOP): a task that hangs. */
  freeze(): void;
}

/** What a deployment or an instance refresh rolls out. */
export interface BackendVersion {
  /** Version that the backend reports. */
  readonly version: string;
  /** Environment variables of this version, over those of the description. */
  readonly variables: Readonly<Record<string, string>>;
}

/** One revision of what the service runs: of its task definition, or of its launch template. */
export interface TaskDefinition extends BackendVersion {
  readonly revision: number;
}

/** What to start: a revision of the task definition, placed. */
export interface TaskSpec extends BackendVersion {
  readonly taskId: string;
  readonly availabilityZone: string;
}

/** Starts tasks. */
export interface TaskRuntime {
  start(spec: TaskSpec): TaskProcess;
}

/** A runtime with all that it has started. */
export interface OwnedRuntime extends TaskRuntime {
  describe(): RuntimeObservation;
  /** Asks all that runs to end, ends what has not after a moment, and removes what belongs to it. */
  close(): Promise<void>;
  /** Ends everything at once: for the twin’s own end, when nothing can be awaited any more. */
  killAll(): void;
}

/** The process ended before it listened; the message holds what it said last. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
