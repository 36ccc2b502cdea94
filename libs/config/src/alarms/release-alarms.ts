import type { Environment } from '../environment.ts';
import { codeDeployRelease } from '../release/release-kinds.ts';
import { targetGroupScopes } from '../metrics/target-group-scopes.ts';
import { resourceNames } from '../naming.ts';
import type { AlarmFacts, AlarmQuery } from './alarm-facts.ts';
import { balancerMetric } from './service-alarms.ts';

/**
 * Alarms that roll a release back: too many 5xx, or answers too slow; none where releases have no alarms. The worse group
 * counts, each judged by its own requests: the traffic that has not moved must not thin out the errors of a canary. A version
 * that resets or hangs connections answers nothing; the balancer answers 502 or 504 in its place, counts those under its own
 * name alone, and they are judged by all requests.
 */
export function releaseAlarms(environment: Environment): readonly AlarmFacts[] {
  const release = codeDeployRelease(environment);
  if (release === null) return [];
  const names = resourceNames(environment).alarms;
  const { errorRatePercent, p99Milliseconds, evaluationPeriods } = release.rollbackOnAlarm;
  const shared = {
    madeBy: 'template',
    comparison: 'GreaterThanThreshold',
    periodSeconds: 60,
    evaluationPeriods,
    datapointsToAlarm: evaluationPeriods,
    // A group without requests is healthy.
    treatMissingData: 'notBreaching',
  } as const;
  return [
    {
      ...shared,
      id: 'errors',
      name: names.releaseErrors,
      description: `Rolls a release back: more than ${errorRatePercent} % of the requests of a target group, or of the balancer in its stead, are answered by 5xx`,
      threshold: errorRatePercent,
      queries: errorShares(environment),
    },
    {
      ...shared,
      id: 'latency',
      name: names.releaseLatency,
      description: `Rolls a release back: the p99 response time of a target group is above ${p99Milliseconds} ms`,
      threshold: p99Milliseconds / 1000,
      queries: latencies(environment),
    },
  ];
}

function errorShares(environment: Environment): readonly AlarmQuery[] {
  const groups = targetGroupScopes(environment);
  const everyRequest = groups.map((_, index) => `FILL(requests${index}, 1)`).join(' + ');
  return [
    ...groups.flatMap((scope, index) => [
      { id: `requests${index}`, metric: balancerMetric('RequestCount', 'Sum', scope) },
      { id: `errors${index}`, metric: balancerMetric('HTTPCode_Target_5XX_Count', 'Sum', scope) },
      {
        id: `share${index}`,
        expression: `100 * FILL(errors${index}, 0) / FILL(requests${index}, 1)`,
        label: `Share of 5xx of group ${index + 1}, percent`,
      },
    ]),
    { id: 'unanswered', metric: balancerMetric('HTTPCode_ELB_5XX_Count', 'Sum', 'load-balancer') },
    {
      id: `share${groups.length}`,
      expression: `100 * FILL(unanswered, 0) / (${everyRequest})`,
      label: 'Share of 5xx of the balancer’s own, percent',
    },
    worst('share', groups.length + 1),
  ];
}

function latencies(environment: Environment): readonly AlarmQuery[] {
  const groups = targetGroupScopes(environment);
  return [
    ...groups.map((scope, index) => ({
      id: `p99of${index}`,
      metric: balancerMetric('TargetResponseTime', 'p99', scope),
    })),
    worst('p99of', groups.length),
  ];
}

/** The largest of some values; one that is missing does not count. */
const worst = (prefix: string, count: number): AlarmQuery => ({
  id: 'worst',
  expression: `MAX([${Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(', ')}])`,
  label: 'The worst',
});
