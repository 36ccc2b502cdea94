import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import {
  type BalancedIdentity,
  everyTargetGroup,
  loadBalancerDimensions,
  queryId,
  targetGroupDimensions,
} from '../ground/service-metrics.ts';

const periodSeconds = 60;

export interface AlarmSetProps {
  readonly environment: Environment;
  readonly identity: BalancedIdentity;
  /** Where alarms go, and their ends. */
  readonly topicArn: string;
}

/** An alarm over so many minutes in a row. */
export type Alarm = Omit<CloudwatchMetricAlarmConfig, 'evaluationPeriods' | 'period'> & {
  readonly alarmName: string;
};

/** Alarms that one topic is told of, beginning with those of every balanced service: sick targets and errors. */
export class AlarmSet extends Construct {
  readonly arns: string[] = [];
  readonly #topicArn: string;

  constructor(scope: Construct, id: string, { environment, identity, topicArn }: AlarmSetProps) {
    super(scope, id);
    this.#topicArn = topicArn;
    const { alarms } = environment.observability;
    const names = resourceNames(environment).alarms;
    this.add('unhealthy-hosts', alarms.unhealthyHostMinutes, {
      alarmName: names.unhealthyHosts,
      alarmDescription: 'Critical: targets fail their health checks',
      ...unhealthyHosts(identity),
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
    });
    this.add('server-errors', alarms.serverErrorMinutes, {
      alarmName: names.serverErrors,
      alarmDescription: `Critical: more than ${alarms.serverErrorPercent} % of requests are answered by 5xx`,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: alarms.serverErrorPercent,
      metricQuery: errorShare(identity),
    });
  }

  add(id: string, minutes: number, alarm: Alarm): void {
    const created = new CloudwatchMetricAlarm(this, id, {
      ...alarm,
      ...(alarm.metricName === undefined ? {} : { period: periodSeconds }),
      evaluationPeriods: minutes,
      datapointsToAlarm: minutes,
      // A service that nobody asks has nothing wrong with it.
      treatMissingData: 'notBreaching',
      alarmActions: [this.#topicArn],
      okActions: [this.#topicArn],
    });
    this.arns.push(created.arn);
  }
}

/** Of the target group; of both where there are two, whichever of them has the traffic. */
function unhealthyHosts(identity: BalancedIdentity): Omit<Alarm, 'alarmName' | 'comparisonOperator'> {
  const metric = { namespace: 'AWS/ApplicationELB', metricName: 'UnHealthyHostCount' };
  if (identity.greenTargetGroupSuffix === undefined)
    return { ...metric, statistic: 'Maximum', dimensions: targetGroupDimensions(identity) };
  const groups = everyTargetGroup(identity);
  return {
    metricQuery: [
      ...groups.map((dimensions, index) => ({
        id: queryId(index),
        returnData: false,
        metric: { ...metric, period: periodSeconds, stat: 'Maximum', dimensions },
      })),
      {
        id: 'total',
        expression: `SUM([${groups.map((_, index) => queryId(index)).join(', ')}])`,
        label: 'Unhealthy targets',
        returnData: true,
      },
    ],
  };
}

/** Errors of the tasks and of the balancer itself, as a share of all requests. */
function errorShare(identity: BalancedIdentity) {
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
