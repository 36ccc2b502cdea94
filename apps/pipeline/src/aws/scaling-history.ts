import {
  ApplicationAutoScalingClient,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { ClientSettings } from './client-settings.ts';

/** One act of Application Auto Scaling. */
export interface ScalingActivity {
  /** ISO 8601. */
  readonly at: string;
  readonly description: string;
  readonly cause: string;
  readonly status: string;
}

/** What scaling did to the service. */
export interface ScalingHistory {
  /** Latest first. */
  latest(count: number): Promise<readonly ScalingActivity[]>;
}

export function applicationScalingHistory(settings: ClientSettings, resourceId: string): ScalingHistory {
  const client = new ApplicationAutoScalingClient(settings);
  return {
    latest: async (count) => {
      const { ScalingActivities = [] } = await client.send(
        new DescribeScalingActivitiesCommand({
          ServiceNamespace: 'ecs',
          ResourceId: resourceId,
          MaxResults: count,
        }),
      );
      return ScalingActivities.slice(0, count).map((activity) => ({
        at: activity.StartTime?.toISOString() ?? '',
        description: activity.Description ?? '',
        cause: activity.Cause ?? '',
        status: activity.StatusCode ?? '',
      }));
    },
  };
}

/** What several scalers did to one service, latest first: its tasks’ and its instances’. */
export const mergedHistory = (histories: readonly ScalingHistory[]): ScalingHistory => ({
  latest: async (count) => {
    const activities = await Promise.all(histories.map((history) => history.latest(count)));
    return activities
      .flat()
      .sort((left, right) => right.at.localeCompare(left.at))
      .slice(0, count);
  },
});
