import { AutoscalingNotification } from '@cdktf/provider-aws/lib/autoscaling-notification/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { type Environment, environmentAlarms } from '@tideline/config';
import { Construct } from 'constructs';
import { alarmConfig } from '../ground/alarm-config.ts';
import { type CapacityIdentity, isGroup } from '../ground/service-metrics.ts';

/** What a group reports of its own activities. */
const notifications = ['LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'].map(
  (event) => `autoscaling:EC2_INSTANCE_${event}`,
);

export interface AlarmSetProps {
  readonly environment: Environment;
  readonly identity: CapacityIdentity;
  /** Where alarms go, their ends, and each scaling activity of a group. */
  readonly topicArn: string;
}

/** The alarms of a service or a group that a topic reports. */
export class AlarmSet extends Construct {
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { environment, identity, topicArn }: AlarmSetProps) {
    super(scope, id);
    this.arns = environmentAlarms(environment).service.map((alarm) => {
      const created = new CloudwatchMetricAlarm(this, alarm.id, {
        ...alarmConfig(alarm, identity),
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
      return created.arn;
    });
    if (isGroup(identity))
      new AutoscalingNotification(this, 'notification', {
        groupNames: [identity.groupName],
        notifications,
        topicArn,
      });
  }
}
