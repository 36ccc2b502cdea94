import type { ServiceCounts } from '@tideline/evidence';
import type { TargetHealthDescription } from './fleet.ts';

/** How many targets are in each state that a fleet reports. */
export function targetCounts(
  targets: readonly TargetHealthDescription[],
): Pick<ServiceCounts, 'healthy' | 'unhealthy' | 'draining'> {
  const inState = (state: TargetHealthDescription['state']): number =>
    targets.filter((target) => target.state === state).length;
  return { healthy: inState('healthy'), unhealthy: inState('unhealthy'), draining: inState('draining') };
}

/** Ids of the healthy targets. */
export const healthyTargets = (targets: readonly TargetHealthDescription[]): ReadonlySet<string> =>
  new Set(targets.flatMap(({ id, state }) => (state === 'healthy' ? [id] : [])));
