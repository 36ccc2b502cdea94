import { type Compute, type Environment, launchHookSeconds, resourceNames } from '@tideline/config';
import { EventLog } from '../fleet/event-log.ts';
import type { BuiltFleet, FleetParts } from '../fleet/fleet.ts';
import { warmStartBounds } from '@tideline/scaling';
import { newInstance, spreadEvenly } from '../fleet/new-instance.ts';
import { noticedAfterSeconds } from '../fleet/noticed-after.ts';
import { AutoScalingGroup } from './auto-scaling-group.ts';
import { Instance } from './instance.ts';
import type { InstancePool } from './instance-options.ts';

/** An EC2 Auto Scaling group of instances that each run the backend. */
export function createAutoScalingGroup(
  compute: Compute<'ec2-asg'>,
  parts: FleetParts,
): BuiltFleet<AutoScalingGroup> {
  const { environment, clock, targets, onLeft, onEnded } = parts;
  const { autoScalingGroup } = resourceNames(environment);
  const events = new EventLog({
    clock,
    subject: `auto-scaling-group ${autoScalingGroup}`,
    onEvent: parts.onEvent,
  });
  const fleet = new AutoScalingGroup({
    ...parts,
    compute,
    log: events,
    targetHealth: () => targets.targets(),
    firstTemplate: { revision: 1, version: '1', variables: {} },
    onWarm: parts.onMeasured,
    launch: (placement) =>
      new Instance({
        ...placement,
        ...newInstance(environment),
        noticedAfterSeconds: noticedAfterSeconds(environment),
        pool: instancePool(compute, environment),
        stopTimeoutSeconds: environment.container.stopTimeoutSeconds,
        clock,
        runtime: parts.runtime,
        targets,
        onChange: (instance) => {
          if (instance.state !== 'InService') onLeft(instance);
          if (instance.isGone) onEnded(instance.id);
          fleet.instanceChanged(instance);
        },
        onRestart: (instance, reason) => fleet.applicationRestarts(instance, reason),
      }),
  });
  return { fleet, events };
}

/** What the warm pool makes of each instance; null without one. */
function instancePool({ warmPool }: Compute<'ec2-asg'>, environment: Environment): InstancePool | null {
  if (warmPool === null) return null;
  const bounds = warmStartBounds(warmPool, environment.assumptions.warmStartSeconds);
  return {
    poolState: warmPool.poolState,
    startSeconds: spreadEvenly(bounds),
    hookSeconds: launchHookSeconds(environment),
  };
}
