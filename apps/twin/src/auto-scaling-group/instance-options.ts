import type { WarmPool } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import type { NoticedAfterSeconds, TargetRegistry } from '../tasks/task.ts';
import type { TaskDefinition, TaskRuntime } from '../tasks/task-runtime.ts';
import type { Instance } from './instance.ts';

/**
 * Lifecycle states of EC2 Auto Scaling, in order. Without lifecycle hooks there is no waiting between them
 * (Pending:Wait, Terminating:Wait); an instance that drains is Terminating. One of a warm pool begins as Warmed:Pending, and
 * is that again while it drains on its way back.
 */
export type InstanceState =
  | 'Pending'
  | 'InService'
  | 'Terminating'
  | 'Terminated'
  | 'Warmed:Pending'
  | `Warmed:${WarmPool['poolState']}`;

/** What an instance of a group with a warm pool knows of it. */
export interface InstancePool {
  readonly poolState: WarmPool['poolState'];
  /** Cloud time from when it is taken until it serves. */
  readonly startSeconds: number;
  /** Longest time that its hook waits for the application to listen. */
  readonly hookSeconds: number;
}

/** Why an instance is given up, and by which of its health checks. */
export interface InstanceFailure {
  readonly check: 'EC2' | 'ELB';
  readonly reason: string;
}

export interface InstanceOptions {
  readonly id: string;
  readonly availabilityZone: string;
  /** Version of the launch template. */
  readonly template: TaskDefinition;
  /** Cloud time from the launch until the application listens; a process that needs longer takes longer. */
  readonly startSeconds: number;
  /** Where it is launched into. */
  readonly destination: 'group' | 'pool';
  /** Null where the group has no warm pool: then nothing keeps it from service until its application listens. */
  readonly pool: InstancePool | null;
  readonly stopTimeoutSeconds: number;
  readonly noticedAfterSeconds: NoticedAfterSeconds;
  readonly clock: Clock;
  readonly runtime: TaskRuntime;
  readonly targets: TargetRegistry;
  readonly onChange: (instance: Instance) => void;
  /** Its application has ended and will be started again. */
  readonly onRestart: (instance: Instance, reason: string) => void;
}
