import type { TaskDefinition } from '../tasks/task-runtime.ts';

/** Lifecycle events of a blue/green deployment, in CodeDeploy’s words and order. */
export const lifecycleEventNames = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic',
] as const;
export type LifecycleEventName = (typeof lifecycleEventNames)[number];

interface LifecycleEvent {
  readonly name: LifecycleEventName;
  readonly status: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped';
  /** When its status last changed. */
  readonly atSeconds: number;
}

/** Why a release did not succeed, by CodeDeploy’s error codes. */
export interface ReleaseError {
  readonly code: 'ALARM_ACTIVE' | 'HEALTH_CONSTRAINTS' | 'HOOK_EXECUTION_FAILURE' | 'MANUAL_STOP' | 'TIMEOUT';
  readonly message: string;
}

/** One blue/green deployment. */
export interface Release {
  readonly id: string;
  /** Ready: all traffic has moved, and the old tasks wait for their end. Failed and Stopped are rolled back. */
  readonly status: 'Created' | 'InProgress' | 'Ready' | 'Succeeded' | 'Failed' | 'Stopped';
  readonly from: TaskDefinition;
  readonly to: TaskDefinition;
  readonly startedAtSeconds: number;
  /** When nothing of the tasks that had to go was left; null until then. */
  readonly endedAtSeconds: number | null;
  readonly events: readonly LifecycleEvent[];
  /** Share of the traffic that the new version got, from each time on. */
  readonly shifts: readonly { readonly atSeconds: number; readonly percent: number }[];
  readonly error: ReleaseError | null;
}

/** Share of the traffic that the new version has now, percent. */
export const presentShare = ({ shifts }: Release): number => shifts.at(-1)?.percent ?? 0;
