import type { TaskDefinition } from '../tasks/task-definition.ts';

/** One instance refresh and how it goes, by the names of the EC2 Auto Scaling API. */
export interface InstanceRefresh {
  readonly instanceRefreshId: string;
  readonly status:
    | 'InProgress'
    | 'Successful'
    | 'Failed'
    | 'Cancelled'
    | 'RollbackInProgress'
    | 'RollbackSuccessful'
    | 'RollbackFailed';
  /** Why it failed, was cancelled or is rolled back. */
  readonly statusReason?: string;
  /** The launch template version that instances are to get. */
  readonly template: TaskDefinition;
  readonly startedAtSeconds: number;
  readonly endedAtSeconds?: number;
  /** Share of the desired capacity that is replaced, healthy and warm. */
  readonly percentageComplete: number;
  readonly instancesToUpdate: number;
}

/** Replacements in a row that may fail before the refresh does. AWS publishes no figure. */
export const failedReplacementsAllowed = 2;

/** A refresh whose progress stands still this long fails. */
export const longestStandstillSeconds = 3600;

export const isUnderWay = ({ status }: InstanceRefresh): boolean =>
  status === 'InProgress' || status === 'RollbackInProgress';
