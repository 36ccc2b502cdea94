import { AutoscalingNotification } from '@cdktf/provider-aws/lib/autoscaling-notification/index.js';
import { type Environment, counted, resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';
import { AlarmSet } from './alarm-set.ts';
import { type GroupIdentity, groupDimensions } from '../ground/service-metrics.ts';

/** What a group tells of its own activities. */
const notifications = ['LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'].map(
  (event) => `autoscaling:EC2_INSTANCE_${event}`,
);

export interface GroupAlarmsProps {
  readonly environment: Environment;
  readonly identity: GroupIdentity;
  /** Where alarms go, their ends, and what the group does. */
  readonly topicArn: string;
}

/** What somebody has to know of a group of instances: sick targets, errors, no CPU left, nothing left to scale to, and each scaling activity. */
export class GroupAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: GroupAlarmsProps) {
    super(scope, id, props);
    const { environment, identity, topicArn } = props;
    const { alarms } = environment.observability;
    const names = resourceNames(environment).alarms;
    this.add('cpu', alarms.cpuMinutes, {
      alarmName: names.cpu,
      alarmDescription: `Warning: CPU is above ${alarms.cpuPercent} % for ${alarms.cpuMinutes} minutes`,
      namespace: 'AWS/EC2',
      metricName: 'CPUUtilization',
      statistic: 'Average',
      dimensions: groupDimensions(identity),
      comparisonOperator: 'GreaterThanThreshold',
      threshold: alarms.cpuPercent,
    });
    this.add('maximum-capacity', alarms.maximumCapacityMinutes, {
      alarmName: names.maximumCapacity,
      alarmDescription: `Warning: the group is at its maximum of ${counted(environment.capacity.max, 'instance')}: more load finds no more capacity`,
      namespace: 'AWS/AutoScaling',
      metricName: 'GroupDesiredCapacity',
      statistic: 'Minimum',
      dimensions: groupDimensions(identity),
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: environment.capacity.max,
    });
    new AutoscalingNotification(this, 'notification', {
      groupNames: [identity.groupName],
      notifications,
      topicArn,
    });
  }
}
