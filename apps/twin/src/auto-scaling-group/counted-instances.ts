import { healthyTargets } from '../fleet/target-counts.ts';
import type { TargetHealthDescription } from '../fleet/fleet.ts';
import type { CountedInstance } from './instance-moves.ts';
import type { Instance } from './instance.ts';

/** What the group knows of its instances beside what each knows of itself. */
export interface GroupKnowledge {
  readonly targetHealth: readonly TargetHealthDescription[];
  /** Launch template version that the group wants. */
  readonly wantedRevision: number;
  readonly isWarm: (instance: Instance) => boolean;
  readonly isExtra: (instance: Instance) => boolean;
  readonly isProtected: (instance: Instance) => boolean;
}

/** Instances as the next moves count them. */
export function countedInstances(
  instances: readonly Instance[],
  { targetHealth, wantedRevision, isWarm, isExtra, isProtected }: GroupKnowledge,
): readonly CountedInstance[] {
  const healthy = healthyTargets(targetHealth);
  return instances.map((instance) => ({
    id: instance.id,
    availabilityZone: instance.availabilityZone,
    createdAtSeconds: instance.createdAtSeconds,
    templateRevision: instance.template.revision,
    isCurrent: instance.template.revision === wantedRevision,
    isHealthy: instance.state === 'InService' && healthy.has(instance.id),
    isWarm: isWarm(instance),
    isExtra: isExtra(instance),
    isProtected: isProtected(instance),
  }));
}
