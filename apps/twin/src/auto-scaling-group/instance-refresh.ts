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
  /** Instances that are protected from scale-in stay: for good, or until they no longer are. */
  readonly keepsProtected: boolean;
}

type Preferences = Omit<Compute<'ec2-asg'>['instanceRefresh'], 'autoRollback'>;

/** How far a refresh has come. */
export interface RefreshState {
  /** Instances that are to be of the version it brings. */
  readonly desired: number;
  /** Of these: replaced, healthy and warm. */
  readonly ready: number;
  /** Instances of another version that it still has to replace. */
  readonly othersLeft: number;
}

/** Takes stock of a refresh. Instances that it ignores count as none (EC2 Auto Scaling API reference, RefreshPreferences). */
export function refreshState(
  instances: readonly {
    readonly isCurrent: boolean;
    readonly isHealthy: boolean;
    readonly isWarm: boolean;
    readonly isProtected: boolean;
  }[],
  desired: number,
  { scaleInProtectedInstances }: Pick<Preferences, 'scaleInProtectedInstances'>,
): RefreshState {
  const others = instances.filter(({ isCurrent }) => !isCurrent);
  const ignored =
    scaleInProtectedInstances === 'Ignore' ? others.filter(({ isProtected }) => isProtected).length : 0;
  return {
    desired: Math.max(0, desired - ignored),
    ready: instances.filter(({ isCurrent, isHealthy, isWarm }) => isCurrent && isHealthy && isWarm).length,
    othersLeft: others.length - ignored,
  };
}

/**
 * The bounds of an instance refresh: the minimum rounded up, the maximum rounded down. Where the maximum is above 100 %
 * there is always room for one instance more; where it is not, one may always be missing: else nothing would ever move.
 */
export function refreshBounds(
  desired: number,
  { minimumHealthyPercent, maximumHealthyPercent, scaleInProtectedInstances }: Preferences,
): RefreshBounds {
  const fewest = Math.ceil((desired * minimumHealthyPercent) / 100);
  const most = Math.floor((desired * maximumHealthyPercent) / 100);
  const keepsProtected = scaleInProtectedInstances !== 'Refresh';
  return maximumHealthyPercent > 100
    ? { keepsProtected, fewestHealthy: fewest, mostActive: Math.max(most, desired + 1) }
    : { keepsProtected, fewestHealthy: Math.min(fewest, desired - 1), mostActive: desired };
}
