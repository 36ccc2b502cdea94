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
} from '../ground/service-metrics.ts';

const periodSeconds = 60;

type BlueGreen = Extract<Environment['release'], { readonly kind: 'blue-green' }>;

export interface ReleaseAlarmsProps {
  readonly environment: Environment;
  readonly release: BlueGreen;
  readonly identity: BalancedIdentity;
}

/**
 * Alarms that roll a release back: too many 5xx, or answers too slow. The worse group counts, each judged by its own requests:
 * the errors of a canary are not thinned by the traffic that has not moved. A version that resets or hangs connections answers
 * nothing; the balancer answers 502 or 504 in its stead, counts those under its own name alone, and they are judged by all requests.
 */
export class ReleaseAlarms extends Construct {
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, { environment, release, identity }: ReleaseAlarmsProps) {
    super(scope, id);
    const names = resourceNames(environment).alarms;
    const { errorRatePercent, p99Milliseconds, evaluationPeriods } = release.rollbackOnAlarm;
    const groups = everyTargetGroup(identity);
    const shared = {
      comparisonOperator: 'GreaterThanThreshold',
      evaluationPeriods,
      datapointsToAlarm: evaluationPeriods,
      // A group that nobody asks has nothing wrong with it.
      treatMissingData: 'notBreaching',
    };
    const errors = new CloudwatchMetricAlarm(this, 'errors', {
      ...shared,
      alarmName: names.releaseErrors,
      alarmDescription: `Rolls a release back: more than ${errorRatePercent} % of the requests of a target group, or of the balancer in its stead, are answered by 5xx`,
      threshold: errorRatePercent,
      metricQuery: [
        ...groups.flatMap((dimensions, index) => [
          counted(`requests${index}`, 'RequestCount', { dimensions, stat: 'Sum' }),
          counted(`errors${index}`, 'HTTPCode_Target_5XX_Count', { dimensions, stat: 'Sum' }),
          {
            id: `share${index}`,
            expression: `100 * FILL(errors${index}, 0) / FILL(requests${index}, 1)`,
            label: `Share of 5xx of group ${index + 1}, percent`,
            returnData: false,
          },
        ]),
        counted('unanswered', 'HTTPCode_ELB_5XX_Count', {
          dimensions: loadBalancerDimensions(identity),
          stat: 'Sum',
        }),
        {
          id: `share${groups.length}`,
          expression: `100 * FILL(unanswered, 0) / (${groups.map((_, index) => `FILL(requests${index}, 1)`).join(' + ')})`,
          label: 'Share of 5xx of the balancer’s own, percent',
          returnData: false,
        },
        worst('share', groups.length + 1),
      ],
    });
    const latency = new CloudwatchMetricAlarm(this, 'latency', {
      ...shared,
      alarmName: names.releaseLatency,
      alarmDescription: `Rolls a release back: the p99 response time of a target group is above ${p99Milliseconds} ms`,
      threshold: p99Milliseconds / 1000,
      metricQuery: [
        ...groups.map((dimensions, index) =>
          counted(`p99of${index}`, 'TargetResponseTime', { dimensions, stat: 'p99' }),
        ),
        worst('p99of', groups.length),
      ],
    });
    this.names = [errors.alarmName, latency.alarmName];
  }
}

type MetricQuery = Extract<
  NonNullable<CloudwatchMetricAlarmConfig['metricQuery']>,
  readonly unknown[]
>[number];

const counted = (
  id: string,
  metricName: string,
  { dimensions, stat }: { readonly dimensions: Record<string, string>; readonly stat: string },
): MetricQuery => ({
  id,
  returnData: false,
  metric: { namespace: 'AWS/ApplicationELB', metricName, period: periodSeconds, stat, dimensions },
});

/** The largest of some values; one that is missing does not count. */
const worst = (prefix: string, count: number): MetricQuery => ({
  id: 'worst',
  expression: `MAX([${Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(', ')}])`,
  label: 'The worst',
  returnData: true,
});
