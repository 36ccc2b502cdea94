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
