import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import {
  type ServiceIdentity,
  ecsDimensions,
  loadBalancerDimensions,
  targetGroupDimensions,
} from './service-metrics.ts';

const periodSeconds = 60;

export interface ServiceAlarmsProps {
  readonly environment: Environment;
  readonly identity: ServiceIdentity;
  /** Where alarms go, and their ends. */
  readonly topicArn: string;
}

/** What somebody has to know of: sick targets, errors, no CPU left, nothing left to scale to. */
export class ServiceAlarms extends Construct {
  readonly arns: string[] = [];
  readonly #props: ServiceAlarmsProps;

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    this.#props = props;
    const { capacity, observability } = props.environment;
    const { alarms } = observability;
    const names = resourceNames(props.environment).alarms;
    this.#add('unhealthy-hosts', alarms.unhealthyHostMinutes, {
      alarmName: names.unhealthyHosts,
      alarmDescription: 'Targets fail their health checks',
      namespace: 'AWS/ApplicationELB',
      metricName: 'UnHealthyHostCount',
      statistic: 'Maximum',
      dimensions: targetGroupDimensions(props.identity),
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
    });
    this.#add('server-errors', alarms.serverErrorMinutes, {
      alarmName: names.serverErrors,
      alarmDescription: `More than ${alarms.serverErrorPercent} % of requests are answered by 5xx`,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: alarms.serverErrorPercent,
      metricQuery: errorShare(props.identity),
    });
    this.#add('cpu', alarms.cpuMinutes, {
      alarmName: names.cpu,
      alarmDescription: `CPU is above ${alarms.cpuPercent} % for ${alarms.cpuMinutes} minutes`,
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      statistic: 'Average',
      dimensions: ecsDimensions(props.identity),
      comparisonOperator: 'GreaterThanThreshold',
      threshold: alarms.cpuPercent,
    });
    this.#add('maximum-capacity', alarms.maximumCapacityMinutes, {
      alarmName: names.maximumCapacity,
      alarmDescription: `The service is at its maximum of ${capacity.max} tasks: more load finds no more capacity`,
      namespace: 'ECS/ContainerInsights',
      metricName: 'DesiredTaskCount',
      statistic: 'Minimum',
      dimensions: ecsDimensions(props.identity),
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: capacity.max,
    });
  }

  #add(
    id: string,
    minutes: number,
    alarm: Omit<CloudwatchMetricAlarmConfig, 'evaluationPeriods' | 'period'>,
  ): void {
    const { topicArn } = this.#props;
    const created = new CloudwatchMetricAlarm(this, id, {
      ...alarm,
      ...(alarm.metricName === undefined ? {} : { period: periodSeconds }),
      evaluationPeriods: minutes,
      datapointsToAlarm: minutes,
      // A service that nobody asks has nothing wrong with it.
      treatMissingData: 'notBreaching',
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
    this.arns.push(created.arn);
  }
}

/** Errors of the tasks and of the balancer itself, as a share of all requests. */
function errorShare(identity: ServiceIdentity) {
  const count = (id: string, metricName: string) => ({
    id,
    returnData: false,
    metric: {
      namespace: 'AWS/ApplicationELB',
      metricName,
      period: periodSeconds,
      stat: 'Sum',
      dimensions: loadBalancerDimensions(identity),
    },
  });
  return [
    count('requests', 'RequestCount'),
    count('targets', 'HTTPCode_Target_5XX_Count'),
    count('balancer', 'HTTPCode_ELB_5XX_Count'),
    {
      id: 'share',
      // What the balancer answers itself is not in RequestCount.
      expression: '100 * (FILL(targets, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))',
      label: 'Share of 5xx, percent',
      returnData: true,
    },
  ];
}
