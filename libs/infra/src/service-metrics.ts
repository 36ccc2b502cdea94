import { type PolicyMetric, type customKey } from '@tideline/config';

/** What tells this service’s metrics from all others: values of CloudWatch dimensions. */
export interface ServiceIdentity {
  readonly clusterName: string;
  readonly serviceName: string;
  /** The part of the balancer’s ARN that CloudWatch knows it by. */
  readonly loadBalancerSuffix: string;
  readonly targetGroupSuffix: string;
}

/** A metric as CloudWatch’s API asks for it. */
export interface CloudWatchQuery {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export const ecsDimensions = ({ clusterName, serviceName }: ServiceIdentity) => ({
  ClusterName: clusterName,
  ServiceName: serviceName,
});

export const targetGroupDimensions = ({ loadBalancerSuffix, targetGroupSuffix }: ServiceIdentity) => ({
  LoadBalancer: loadBalancerSuffix,
  TargetGroup: targetGroupSuffix,
});

export const loadBalancerDimensions = ({ loadBalancerSuffix }: ServiceIdentity) => ({
  LoadBalancer: loadBalancerSuffix,
});

/** The CloudWatch metrics behind a policy’s metric; more than one only for a sum. */
export function policyQueries(metric: PolicyMetric, identity: ServiceIdentity): readonly CloudWatchQuery[] {
  switch (metric.kind) {
    case 'cpu':
    case 'memory':
      return [
        {
          namespace: 'AWS/ECS',
          metricName: metric.kind === 'cpu' ? 'CPUUtilization' : 'MemoryUtilization',
          statistic: 'Average',
          dimensions: ecsDimensions(identity),
        },
      ];
    case 'requests-per-target':
      return [
        {
          namespace: 'AWS/ApplicationELB',
          metricName: 'RequestCountPerTarget',
          statistic: 'Sum',
          dimensions: targetGroupDimensions(identity),
        },
      ];
    case 'response-time':
      return [
        {
          namespace: 'AWS/ApplicationELB',
          metricName: 'TargetResponseTime',
          statistic: metric.statistic,
          dimensions: targetGroupDimensions(identity),
        },
      ];
    case 'custom':
      return [customQuery(metric)];
    case 'sum':
      return metric.metrics.map(customQuery);
  }
}

const customQuery = ({
  namespace,
  metricName,
  statistic,
  dimensions,
}: Parameters<typeof customKey>[0]): CloudWatchQuery => ({ namespace, metricName, statistic, dimensions });

/** Percentiles are not among the simple statistics: CloudWatch takes them elsewhere. */
export const isPercentile = (statistic: string): boolean => statistic.startsWith('p');

/** `m1 + m2`: missing as soon as one of them is, where SUM() would count it as zero. */
export const sumExpression = (count: number): string =>
  Array.from({ length: count }, (_, index) => queryId(index)).join(' + ');

export const queryId = (index: number): string => `m${index + 1}`;
