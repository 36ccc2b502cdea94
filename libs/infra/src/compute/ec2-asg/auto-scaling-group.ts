import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import {
  type Compute,
  type Environment,
  environmentTags,
  movedBounds,
  resourceNames,
} from '@tideline/config';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { LoadBalancer } from '../../network/load-balancer.ts';
import type { InstanceRole } from '../instance-role.ts';
import { groupMetrics, warmPoolMetrics } from '../instance-settings.ts';
import type { InstanceLaunchTemplate } from './instance-launch-template.ts';
import { createLaunchHook, launchHook } from './launch-hook.ts';

/** Longest drain that the description allows fits in, with a shutdown after it. */
const deleteTimeout = '75m';

export interface AutoScalingGroupProps {
  readonly environment: Environment;
  readonly compute: Compute<'ec2-asg'>;
  readonly launch: InstanceLaunchTemplate;
  readonly role: InstanceRole;
  readonly subnetIds: string[];
  readonly loadBalancer: LoadBalancer;
}

/**
 * The instances, spread over the zones, each replaced when EC2 or the balancer finds it unhealthy.
 *
 * Scaling owns their number, and an instance refresh owns which version of the launch template they run. The provider’s own
 * `instance_refresh` would put the new version into the group before it refreshes, so that a rollback returned to the very
 * version that failed (hashicorp/terraform-provider-aws issue 34189); whoever deploys starts the refresh instead.
 */
export class AutoScalingGroup extends Construct {
  readonly group: AutoscalingGroup;

  constructor(scope: Construct, id: string, props: AutoScalingGroupProps) {
    super(scope, id);
    const { environment, compute, launch, role, subnetIds, loadBalancer } = props;
    const { capacity, healthCheck } = environment;
    const name = resourceNames(environment).autoScalingGroup;
    this.group = new AutoscalingGroup(this, 'group', {
      name,
      minSize: capacity.min,
      maxSize: capacity.max,
      desiredCapacity: capacity.desired,
      vpcZoneIdentifier: subnetIds,
      launchTemplate: {
        id: launch.template.id,
        version: Token.asString(launch.template.latestVersion),
      },
      // The balancer’s health in addition to EC2’s own.
      healthCheckType: 'ELB',
      healthCheckGracePeriod: healthCheck.gracePeriodSeconds,
      defaultInstanceWarmup: compute.warmupSeconds,
      targetGroupArns: [loadBalancer.targetGroup.arn],
      protectFromScaleIn: compute.protectFromScaleIn,
      suspendedProcesses: suspendedProcesses(environment),
      enabledMetrics: compute.warmPool === null ? groupMetrics : [...groupMetrics, ...warmPoolMetrics],
      ...warmPoolBlocks(environment, compute),
      // Whoever deploys waits for the instances, and tells what is missing.
      waitForCapacityTimeout: '0',
      // The provider’s default tags do not reach groups; instances have theirs from the launch template.
      tag: Object.entries({ Name: name, ...environmentTags(environment, 'service') }).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: false,
      })),
      timeouts: { delete: deleteTimeout },
      lifecycle: { ignoreChanges: [...ownedByOthers, ...scheduledBounds(environment)] },
      dependsOn: [loadBalancer.route, role.policy],
    });
    if (compute.warmPool !== null) createLaunchHook(this, { environment, groupName: this.group.name });
  }
}

/**
 * Scaling and the instance refresh own the first two. The hook of a new group is for its first instances alone: the provider
 * replaces a group whose initial hook changes, comes or goes (hashicorp/terraform-provider-aws pull request 34260), and all
 * its instances with it.
 */
const ownedByOthers: readonly string[] = ['desired_capacity', 'launch_template', 'initial_lifecycle_hook'];

/** The pool beside the group, its instances and its hook; nothing of it where there is none. */
function warmPoolBlocks(environment: Environment, { warmPool }: Compute<'ec2-asg'>) {
  if (warmPool === null) return {};
  const { poolState, minSize, maxGroupPreparedCapacity, instanceReusePolicy } = warmPool;
  return {
    warmPool: {
      poolState,
      minSize,
      ...(maxGroupPreparedCapacity === null ? {} : { maxGroupPreparedCapacity }),
      instanceReusePolicy: { reuseOnScaleIn: instanceReusePolicy.reuseOnScaleIn },
    },
    // Else a pool must be empty before Terraform may delete its group, or the pool itself.
    forceDeleteWarmPool: true,
    initialLifecycleHook: [launchHook(environment)],
  };
}

/** A bound that a policy moves belongs to its schedule: a deploy at noon must not undo the morning’s action. */
function scheduledBounds(environment: Environment): readonly string[] {
  const moved = movedBounds(environment);
  return [...(moved.min ? ['min_size'] : []), ...(moved.max ? ['max_size'] : [])];
}

/** The processes of a group that stand for what is suspended (EC2 Auto Scaling guide, suspend and resume processes). */
function suspendedProcesses({ scaling: { suspendedState } }: Environment): string[] {
  // One process sets off policies in both directions: the description has both of them, or none.
  return [
    ...(suspendedState.dynamicScalingOutSuspended ? ['AlarmNotification'] : []),
    ...(suspendedState.scheduledScalingSuspended ? ['ScheduledActions'] : []),
  ];
}
