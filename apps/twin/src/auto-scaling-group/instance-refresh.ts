import type { Compute } from '@tideline/config';
import type { TaskDefinition } from '../tasks/task-runtime.ts';

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

/** How far a rolling replacement may take a group from its desired capacity. */
export interface RefreshBounds {
  /** Fewest instances that stay in service, healthy. */
  readonly fewestHealthy: number;
  /** Most instances that may exist. */
  readonly mostActive: number;
}

/**
 * The bounds of an instance refresh: the minimum rounded up, the maximum rounded down. Where the maximum is above 100 %
 * there is always room for one instance more; where it is not, one may always be missing: else nothing would ever move.
 */
export function refreshBounds(
  desired: number,
  {
    minimumHealthyPercent,
    maximumHealthyPercent,
  }: Pick<Compute<'ec2-asg'>['instanceRefresh'], 'minimumHealthyPercent' | 'maximumHealthyPercent'>,
): RefreshBounds {
  const fewest = Math.ceil((desired * minimumHealthyPercent) / 100);
  const most = Math.floor((desired * maximumHealthyPercent) / 100);
  return maximumHealthyPercent > 100
    ? { fewestHealthy: fewest, mostActive: Math.max(most, desired + 1) }
    : { fewestHealthy: Math.min(fewest, desired - 1), mostActive: desired };
}
