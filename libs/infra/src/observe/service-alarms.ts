import { type Environment, counted, resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';
import { AlarmSet } from './alarm-set.ts';
import { type ServiceIdentity, ecsDimensions } from '../ground/service-metrics.ts';

export interface ServiceAlarmsProps {
  readonly environment: Environment;
  readonly identity: ServiceIdentity;
  /** Where alarms go, and their ends. */
  readonly topicArn: string;
}

/** What somebody has to know of a service of tasks: sick targets, errors, no CPU left, nothing left to scale to. */
export class ServiceAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id, props);
    const { capacity, observability } = props.environment;
    const { alarms } = observability;
    const names = resourceNames(props.environment).alarms;
    this.add('cpu', alarms.cpuMinutes, {
      alarmName: names.cpu,
      alarmDescription: `Warning: CPU is above ${alarms.cpuPercent} % for ${alarms.cpuMinutes} minutes`,
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      statistic: 'Average',
      dimensions: ecsDimensions(props.identity),
      comparisonOperator: 'GreaterThanThreshold',
      threshold: alarms.cpuPercent,
    });
    this.add('maximum-capacity', alarms.maximumCapacityMinutes, {
      alarmName: names.maximumCapacity,
      alarmDescription: `Warning: the service is at its maximum of ${counted(capacity.max, 'task')}: more load finds no more capacity`,
      namespace: 'ECS/ContainerInsights',
      metricName: 'DesiredTaskCount',
      statistic: 'Minimum',
      dimensions: ecsDimensions(props.identity),
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: capacity.max,
    });
  }
}
