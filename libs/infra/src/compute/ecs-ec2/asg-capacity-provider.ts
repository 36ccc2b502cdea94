import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { EcsCapacityProvider } from '@cdktf/provider-aws/lib/ecs-capacity-provider/index.js';
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers/index.js';
import { type Compute, type Environment, environmentTags, resourceNames } from '@tideline/config';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { InstanceRole } from '../instance-role.ts';
import { groupMetrics } from '../instance-settings.ts';
import type { ContainerInstanceLaunchTemplate } from './container-instance-launch-template.ts';

/** ForceDelete ends the instances at once; they only have to shut down. */
const deleteTimeout = '20m';

export interface AsgCapacityProviderProps {
  readonly environment: Environment;
  readonly compute: Compute<'ecs-ec2'>;
  readonly launch: ContainerInstanceLaunchTemplate;
  readonly role: InstanceRole;
  readonly clusterName: string;
  /** With a way to the internet of their own. */
  readonly publicSubnetIds: string[];
}

/**
 * Instances for tasks, and the capacity provider that launches and drains them as tasks come and go.
 *
 * Managed termination protection keeps every instance that runs a task from scale-in, for which the group has to protect
 * its instances from the start. Nobody would take that protection off when all of it goes, so the group is deleted by force:
 * by then Terraform has deleted the service, and no task is left.
 */
export class AsgCapacityProvider extends Construct {
  readonly group: AutoscalingGroup;
  readonly provider: EcsCapacityProvider;
  /** What a service has to wait for: the cluster knows the provider. */
  readonly association: EcsClusterCapacityProviders;

  constructor(scope: Construct, id: string, props: AsgCapacityProviderProps) {
    super(scope, id);
    const { environment, compute, clusterName } = props;
    this.group = this.#createGroup(props);
    this.provider = new EcsCapacityProvider(this, 'provider', {
      name: resourceNames(environment).capacityProvider,
      autoScalingGroupProvider: {
        autoScalingGroupArn: this.group.arn,
        managedScaling: {
          status: 'ENABLED',
          targetCapacity: compute.targetCapacityPercent,
          instanceWarmupPeriod: compute.instanceWarmupSeconds,
          minimumScalingStepSize: compute.minimumScalingStepSize,
          maximumScalingStepSize: compute.maximumScalingStepSize,
        },
        managedTerminationProtection: 'ENABLED',
        managedDraining: 'ENABLED',
      },
    });
    this.association = new EcsClusterCapacityProviders(this, 'association', {
      clusterName,
      capacityProviders: [this.provider.name],
      defaultCapacityProviderStrategy: [{ capacityProvider: this.provider.name, weight: 1, base: 0 }],
    });
  }

  #createGroup({
    environment,
    compute,
    launch,
    role,
    publicSubnetIds,
  }: AsgCapacityProviderProps): AutoscalingGroup {
    const name = resourceNames(environment).autoScalingGroup;
    const own = Object.entries({ Name: name, ...environmentTags(environment, 'service') });
    return new AutoscalingGroup(this, 'group', {
      name,
      minSize: compute.instances.min,
      maxSize: compute.instances.max,
      vpcZoneIdentifier: publicSubnetIds,
      launchTemplate: {
        id: launch.template.id,
        version: Token.asString(launch.template.latestVersion),
      },
      // Whether a task is healthy is the service’s affair: it replaces the task, not the instance.
      healthCheckType: 'EC2',
      protectFromScaleIn: true,
      forceDelete: true,
      enabledMetrics: groupMetrics,
      // Whoever deploys waits for the tasks, and tells what is missing.
      waitForCapacityTimeout: '0',
      // The provider’s default tags do not reach groups; instances have theirs from the launch template.
      tag: [
        ...own.map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
        // ECS puts it there when a capacity provider takes the group; unsaid, the next deploy would take it off.
        { key: 'AmazonECSManaged', value: 'true', propagateAtLaunch: true },
      ],
      timeouts: { delete: deleteTimeout },
      // Managed scaling owns their number, from the first launch on.
      lifecycle: { ignoreChanges: ['desired_capacity'] },
      dependsOn: [role.policy],
    });
  }
}
