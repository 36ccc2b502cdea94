import type { GroupState, RefreshState } from '../aws/instance-directory.ts';

/** How far a group is on its way to a launch template. */
export type RefreshProgress =
  | { readonly kind: 'steady' }
  /** Nothing is on its way, and the group launches something else. */
  | { readonly kind: 'to-start' }
  | { readonly kind: 'under-way'; readonly waitingFor: string }
  /** AWS gave up; the rollback to the launch template before is still to end, has ended, or does not come. */
  | { readonly kind: 'failed'; readonly reason: string; readonly rollback: 'awaited' | 'done' | 'none' };

const running: ReadonlySet<string> = new Set(['Pending', 'InProgress', 'Baking', 'Cancelling']);
/** What follows a refresh that ended so; nothing does after Cancelled and RollbackFailed. */
const rollbacks: Readonly<Record<string, 'awaited' | 'done'>> = {
  Failed: 'awaited',
  RollbackSuccessful: 'done',
};
const rollingBack: ReadonlySet<string> = new Set(['RollbackInProgress']);

/**
 * Judges by what EC2 Auto Scaling reports. `started` is the refresh that this run started: only its end is a verdict, and the
 * ends of earlier ones are history. `ignoresProtected`: instances of another version stay when they are protected from scale-in.
 */
export function refreshProgress(
  group: GroupState,
  refresh: RefreshState | null,
  {
    launchTemplate,
    started,
    ignoresProtected,
  }: {
    readonly launchTemplate: string;
    readonly started: string | null;
    readonly ignoresProtected: boolean;
  },
): RefreshProgress {
  if (refresh !== null && running.has(refresh.status))
    return { kind: 'under-way', waitingFor: describeRefresh(refresh) };
  if (refresh !== null && rollingBack.has(refresh.status))
    return refresh.id === started
      ? { kind: 'failed', reason: refresh.reason, rollback: 'awaited' }
      : { kind: 'under-way', waitingFor: describeRefresh(refresh) };
  if (refresh !== null && refresh.id === started && refresh.status !== 'Successful')
    return {
      kind: 'failed',
      reason: refresh.reason === '' ? refresh.status : refresh.reason,
      rollback: rollbacks[refresh.status] ?? 'none',
    };
  if (group.launchTemplate !== launchTemplate) {
    if (started === null) return { kind: 'to-start' };
    return { kind: 'under-way', waitingFor: `the group to take ${launchTemplate}` };
  }
  const instances = group.instances.filter(
    (instance) =>
      !ignoresProtected || !instance.protectedFromScaleIn || instance.launchTemplate === launchTemplate,
  );
  const desired = group.desired - (group.instances.length - instances.length);
  const ready = instances.filter(
    (instance) =>
      instance.lifecycle === 'InService' && instance.healthy && instance.launchTemplate === launchTemplate,
  );
  const others = instances.length - ready.length;
  if (ready.length >= desired && others === 0) return { kind: 'steady' };
  // A refresh that was stopped half-way has left instances of another version, which nothing else replaces.
  const older = instances.filter((instance) => instance.launchTemplate !== launchTemplate);
  if (started === null && older.length > 0 && older.length === others) return { kind: 'to-start' };
  return {
    kind: 'under-way',
    waitingFor: `${ready.length} of ${desired} instances of ${launchTemplate} in service${others === 0 ? '' : `, ${others} others`}`,
  };
}

const describeRefresh = ({ status, percentComplete, instancesToUpdate, reason }: RefreshState): string =>
  `the instance refresh: ${status}, ${percentComplete} %, ${instancesToUpdate} instances to replace${reason === '' ? '' : `; ${reason}`}`;
