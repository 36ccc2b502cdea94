import type { ReleaseState } from '../aws/release-directory.ts';
import type { ServiceState } from '../aws/service-directory.ts';

/** How far a release is. */
export type ReleaseProgress =
  | { readonly kind: 'under-way'; readonly phase: ReleasePhase; readonly waitingFor: string }
  | { readonly kind: 'released' }
  /** It did not come to its end; `rollbackId` is what takes it back, null where nothing does; `event` is the one that failed, null where none did. */
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly rollbackId: string | null;
      readonly event: string | null;
    };

/** Before its tasks are healthy, while traffic moves, and while the old tasks wait to be stopped. */
type ReleasePhase = 'starting' | 'shifting' | 'baking';

/** Judges a release by what CodeDeploy reports. */
export function releaseProgress(release: ReleaseState): ReleaseProgress {
  switch (release.status) {
    case 'Succeeded':
      return { kind: 'released' };
    case 'Failed':
    case 'Stopped':
      return {
        kind: 'failed',
        reason: release.error ?? release.status,
        rollbackId: release.rollbackId,
        event: release.events.find(({ status }) => status === 'Failed')?.name ?? null,
      };
    default: {
      const phase = phaseOf(release);
      return { kind: 'under-way', phase, waitingFor: waitingFor(release, phase) };
    }
  }
}

const isOver = (release: ReleaseState, name: string): boolean =>
  release.events.some((event) => event.name === name && event.status === 'Succeeded');

function phaseOf(release: ReleaseState): ReleasePhase {
  if (release.isBaking || isOver(release, 'AfterAllowTraffic')) return 'baking';
  return isOver(release, 'Install') ? 'shifting' : 'starting';
}

const phases: Readonly<Record<ReleasePhase, string>> = {
  starting: 'the new tasks to become healthy',
  shifting: 'the traffic to move',
  baking: 'the bake time, in which an alarm still rolls back',
};

function waitingFor({ id, status, events, traffic }: ReleaseState, phase: ReleasePhase): string {
  const current = events.find((event) => event.status === 'InProgress');
  const shares = traffic.map(({ label, percent }) => `${label} ${percent} %`).join(', ');
  return [
    `release ${id}: ${phases[phase]} (${current?.name ?? status})`,
    ...(shares === '' ? [] : [shares]),
  ].join('; ');
}

/** State of a service that CodeDeploy releases: by its primary task set, the one that has the traffic. */
export type TaskSetProgress =
  { readonly kind: 'steady' } | { readonly kind: 'under-way'; readonly waitingFor: string };

export function taskSetProgress({ taskSets }: ServiceState): TaskSetProgress {
  const primary = taskSets.find((taskSet) => taskSet.primary);
  if (primary === undefined) return { kind: 'under-way', waitingFor: 'a primary task set' };
  const { steady, running, desired } = primary;
  if (steady && running === desired) return { kind: 'steady' };
  return {
    kind: 'under-way',
    waitingFor: `the tasks that have the traffic: ${running} of ${desired} running`,
  };
}
