import { resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';
import { ServiceAlarms, type ServiceAlarmsProps } from './service-alarms.ts';
import { type Ec2ServiceIdentity, capacityProviderDimensions } from '../ground/service-metrics.ts';

export interface Ec2ServiceAlarmsProps extends ServiceAlarmsProps {
  readonly identity: Ec2ServiceIdentity;
}

/** Reservation above which tasks ask for more instances than there are (ECS guide, cluster auto scaling). */
const everyInstancePercent = 100;

/** What somebody has to know of tasks on instances: what they have to know of any, and that tasks find no room. */
export class Ec2ServiceAlarms extends ServiceAlarms {
  constructor(scope: Construct, id: string, props: Ec2ServiceAlarmsProps) {
    super(scope, id, props);
    const { alarms } = props.environment.observability;
    const minutes = alarms.maximumCapacityMinutes;
    this.add('instance-capacity', minutes, {
      alarmName: resourceNames(props.environment).alarms.instanceCapacity,
      alarmDescription: `Warning: tasks have waited for instances for ${minutes} minutes: the group is at its maximum, or EC2 launches none`,
      namespace: 'AWS/ECS/ManagedScaling',
      metricName: 'CapacityProviderReservation',
      statistic: 'Minimum',
      dimensions: capacityProviderDimensions(props.identity),
      comparisonOperator: 'GreaterThanThreshold',
      threshold: everyInstancePercent,
    });
  }
}
