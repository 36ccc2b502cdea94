import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { type Environment, environmentAlarms } from '@tideline/config';
import { Construct } from 'constructs';
import { alarmConfig } from '../ground/alarm-config.ts';
import type { BalancedIdentity } from '../ground/service-metrics.ts';

export interface ReleaseAlarmsProps {
  readonly environment: Environment;
  readonly identity: BalancedIdentity;
}

/** The alarms that roll a release back. */
export class ReleaseAlarms extends Construct {
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, { environment, identity }: ReleaseAlarmsProps) {
    super(scope, id);
    this.names = environmentAlarms(environment).release.map(
      (alarm) => new CloudwatchMetricAlarm(this, alarm.id, alarmConfig(alarm, identity)).alarmName,
    );
  }
}
