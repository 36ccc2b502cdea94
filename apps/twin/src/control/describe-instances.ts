import type { AutoScalingGroup } from '../auto-scaling-group/auto-scaling-group.ts';
import { type TargetStates, targetHealth } from './describe-tasks.ts';

/** What the control API says of an instance. */
export interface InstanceDescription {
  readonly id: string;
  /** Lifecycle state, as EC2 Auto Scaling names it. */
  readonly state: string;
  readonly availabilityZone: string;
  readonly version: string;
  /** Version of its launch template. */
  readonly templateVersion: number;
  /** Health of its target, or why it has none. */
  readonly health: string;
  /** Its warm-up is over: its metrics count. */
  readonly warm: boolean;
  readonly launchedAtSeconds: number;
}

export function describeInstances(group: AutoScalingGroup, targets: TargetStates): InstanceDescription[] {
  const health = targetHealth(targets);
  return group.instances().map((instance) => ({
    id: instance.id,
    state: instance.state,
    availabilityZone: instance.availabilityZone,
    version: instance.template.version,
    templateVersion: instance.template.revision,
    health: health.get(instance.id) ?? 'not registered',
    warm: group.isWarm(instance),
    launchedAtSeconds: instance.createdAtSeconds,
  }));
}
