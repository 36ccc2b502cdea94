import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribeScalingActivitiesCommand,
  type InstanceRefresh,
  type LaunchTemplateSpecification,
  StartInstanceRefreshCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { ClientSettings } from './client-settings.ts';
import type { ScalingHistory } from './scaling-history.ts';

/** One instance of the group. */
export interface InstanceState {
  readonly id: string;
  readonly zone: string;
  /** As EC2 Auto Scaling names it, such as `Pending` or `InService`. */
  readonly lifecycle: string;
  readonly healthy: boolean;
  readonly protectedFromScaleIn: boolean;
  /** Launch template with its version, `lt-…:3`. */
  readonly launchTemplate: string;
}

/** One replacement of the group’s instances. */
export interface RefreshState {
  readonly id: string;
  /** As AWS names it: Pending, InProgress, Successful, Failed, Cancelled, RollbackInProgress, RollbackSuccessful, … */
  readonly status: string;
  readonly reason: string;
  readonly percentComplete: number;
  readonly instancesToUpdate: number;
}

/** The Auto Scaling group as it is now. */
export interface GroupState {
  readonly desired: number;
  /** What new instances are launched with. */
  readonly launchTemplate: string;
  readonly instances: readonly InstanceState[];
}

export interface RefreshPreferences {
  readonly launchTemplate: string;
  readonly minimumHealthyPercent: number;
  readonly maximumHealthyPercent: number;
  readonly autoRollback: boolean;
  readonly scaleInProtectedInstances: 'Wait' | 'Refresh' | 'Ignore';
}

/** The environment’s instances. */
export interface InstanceDirectory {
  /** Null when there is no such group, or it is being deleted. */
  find(): Promise<GroupState | null>;
  /** The refresh that was started last; null when none ever was. */
  latestRefresh(): Promise<RefreshState | null>;
  /** Replaces the instances by those of a launch template. @returns the refresh’s id */
  startRefresh(preferences: RefreshPreferences): Promise<string>;
  /** Image that a version of a launch template runs; null when there is no such version. */
  image(launchTemplate: string): Promise<string | null>;
}

export function autoScalingDirectory(settings: ClientSettings, group: string): InstanceDirectory {
  const client = new AutoScalingClient(settings);
  const ec2 = new EC2Client(settings);
  return {
    find: async () => {
      const { AutoScalingGroups = [] } = await client.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] }),
      );
      const [found] = AutoScalingGroups;
      return found === undefined || found.Status === 'Delete in progress' ? null : groupState(found);
    },
    latestRefresh: async () => {
      const { InstanceRefreshes = [] } = await client.send(
        new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: group, MaxRecords: 1 }),
      );
      const [latest] = InstanceRefreshes;
      return latest === undefined ? null : refreshState(latest);
    },
    startRefresh: async ({ launchTemplate, ...preferences }) => {
      const [LaunchTemplateId, Version] = launchTemplate.split(':');
      const { InstanceRefreshId = '' } = await client.send(
        new StartInstanceRefreshCommand({
          AutoScalingGroupName: group,
          Strategy: 'Rolling',
          DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId, Version } },
          Preferences: {
            MinHealthyPercentage: preferences.minimumHealthyPercent,
            MaxHealthyPercentage: preferences.maximumHealthyPercent,
            AutoRollback: preferences.autoRollback,
            ScaleInProtectedInstances: preferences.scaleInProtectedInstances,
            // Instances of that version already, after a refresh that failed half-way, stay.
            SkipMatching: true,
          },
        }),
      );
      return InstanceRefreshId;
    },
    image: async (launchTemplate) => {
      const [LaunchTemplateId, version = ''] = launchTemplate.split(':');
      const { LaunchTemplateVersions = [] } = await ec2.send(
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: [version] }),
      );
      // The stacks write the image there.
      return LaunchTemplateVersions[0]?.VersionDescription ?? null;
    },
  };
}

/** What the group did, by EC2 Auto Scaling. */
export function groupScalingHistory(settings: ClientSettings, group: string): ScalingHistory {
  const client = new AutoScalingClient(settings);
  return {
    latest: async (count) => {
      const { Activities = [] } = await client.send(
        new DescribeScalingActivitiesCommand({ AutoScalingGroupName: group, MaxRecords: count }),
      );
      return Activities.slice(0, count).map((activity) => ({
        at: activity.StartTime?.toISOString() ?? '',
        description: activity.Description ?? '',
        cause: activity.Cause ?? '',
        status: activity.StatusCode ?? '',
      }));
    },
  };
}

const versionOf = (template: LaunchTemplateSpecification | undefined): string =>
  `${template?.LaunchTemplateId ?? ''}:${template?.Version ?? ''}`;

const groupState = ({
  DesiredCapacity = 0,
  LaunchTemplate,
  Instances = [],
}: AutoScalingGroup): GroupState => ({
  desired: DesiredCapacity,
  launchTemplate: versionOf(LaunchTemplate),
  instances: Instances.map((instance) => ({
    id: instance.InstanceId ?? '',
    zone: instance.AvailabilityZone ?? '',
    lifecycle: instance.LifecycleState ?? '',
    healthy: instance.HealthStatus?.toLowerCase() === 'healthy',
    protectedFromScaleIn: instance.ProtectedFromScaleIn ?? false,
    launchTemplate: versionOf(instance.LaunchTemplate),
  })),
});

const refreshState = (refresh: InstanceRefresh): RefreshState => ({
  id: refresh.InstanceRefreshId ?? '',
  status: refresh.Status ?? '',
  reason: refresh.StatusReason ?? '',
  percentComplete: refresh.PercentageComplete ?? 0,
  instancesToUpdate: refresh.InstancesToUpdate ?? 0,
});
