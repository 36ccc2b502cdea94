import type { TraceOptions } from '../open-trace.ts';
import { RemarkLog } from '../remark-log.ts';
import { Samples } from '../series/samples.ts';
import type { Trace } from '../trace.ts';
import { traceError } from '../trace-codes.ts';
import type { MetricQuestion, MetricReads } from './metric-reads.ts';
import { metricTrace } from './metric-trace.ts';

/** Whose requests are counted. */
export interface CountedResource {
  /** ARN of an Application Load Balancer, or what follows `loadbalancer/` in it: `app/NAME/ID`. */
  readonly loadBalancer: string;
  /** ARN of one of its target groups, or `targetgroup/NAME/ID`. @default all requests of the balancer */
  readonly targetGroup?: string | undefined;
  /** How far back, days. @default 14 */
  readonly days?: number | undefined;
  /** Up to when, the present as a rule. */
  readonly now: Date;
}

const daySeconds = 86_400;
/** The latest values are still being added up: this much is left out, seconds. */
const settlingSeconds = 300;
/** How long CloudWatch keeps values of a period (API reference, GetMetricData). */
const retention = [
  { days: 15, periodSeconds: 60 },
  { days: 63, periodSeconds: 300 },
  { days: 455, periodSeconds: 3600 },
];
/** Pages at most: one holds up to 100,800 values, and a trace has fewer. */
const mostPages = 1000;

/**
 * The requests of a balancer from CloudWatch: the sum of RequestCount (AWS/ApplicationELB) by the shortest period that is
 * kept for so long, page by page. Minutes without a value had no request.
 * @throws UsageError TL-TRACE-AWS, TL-TRACE-OPTION
 */
export async function requestCountTrace(
  reads: MetricReads,
  resource: CountedResource,
  options: Pick<TraceOptions, 'periodSeconds' | 'gaps'> = {},
): Promise<Trace> {
  const question = questionOf(resource, options.periodSeconds);
  const samples = await allPages(reads, question);
  const { loadBalancer, targetGroup } = dimensionValues(resource);
  const named = targetGroup ?? loadBalancer;
  if (samples.length === 0)
    throw traceError(
      'TL-TRACE-AWS',
      `CloudWatch has no RequestCount of ${named} from ${question.StartTime.toISOString()} to ${question.EndTime.toISOString()}; check the name and the region, and that requests were made`,
    );
  const remarks = new RemarkLog();
  const steps = metricTrace(samples, { ...options, knownUnit: 'count' }, remarks);
  return {
    name: named,
    startedAt: new Date(steps.startsAtMs),
    stepSeconds: steps.stepSeconds,
    requestsPerSecond: Array.from(steps.requestsPerSecond),
    remarks: remarks.remarks,
  };
}

async function allPages(reads: MetricReads, question: MetricQuestion): Promise<Samples> {
  const samples = new Samples();
  let token: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await reads.getMetricData(
      token === undefined ? question : { ...question, NextToken: token },
    );
    for (const { Timestamps: times = [], Values: values = [] } of answer.MetricDataResults ?? [])
      for (const [index, time] of times.entries()) samples.add(time.getTime(), values[index] ?? 0);
    token = answer.NextToken;
    if (token === undefined || token === '') return samples;
  }
  throw traceError(
    'TL-TRACE-AWS',
    `CloudWatch answered ${mostPages} pages without an end; ask for fewer --days`,
  );
}

function questionOf(resource: CountedResource, wantedSeconds: number | undefined): MetricQuestion {
  const { days = 14, now } = resource;
  const { loadBalancer, targetGroup } = dimensionValues(resource);
  const Period = periodFor(days, wantedSeconds);
  const endSeconds = Math.floor((now.getTime() / 1000 - settlingSeconds) / Period) * Period;
  return {
    MetricDataQueries: [
      {
        Id: 'requests',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/ApplicationELB',
            MetricName: 'RequestCount',
            Dimensions: [
              { Name: 'LoadBalancer', Value: loadBalancer },
              ...(targetGroup === undefined ? [] : [{ Name: 'TargetGroup', Value: targetGroup }]),
            ],
          },
          Period,
          Stat: 'Sum',
        },
      },
    ],
    StartTime: new Date((endSeconds - days * daySeconds) * 1000),
    EndTime: new Date(endSeconds * 1000),
    ScanBy: 'TimestampAscending',
  };
}

function periodFor(days: number, wantedSeconds: number | undefined): number {
  // The end lies before the present, so the oldest value is older than `days`.
  const kept = retention.find(
    (one) => days * daySeconds + settlingSeconds + one.periodSeconds <= one.days * daySeconds,
  );
  if (kept === undefined)
    throw traceError(
      'TL-TRACE-OPTION',
      `--days: got ${days}; allowed are up to 454, as CloudWatch keeps no value longer`,
    );
  const { periodSeconds } = kept;
  if (wantedSeconds === undefined) return periodSeconds;
  if (wantedSeconds % periodSeconds === 0) return wantedSeconds;
  throw traceError(
    'TL-TRACE-OPTION',
    `--trace-period: got ${wantedSeconds} with --days ${days}; allowed are multiples of ${periodSeconds} seconds, which is what CloudWatch keeps for so long`,
  );
}

function dimensionValues({ loadBalancer, targetGroup }: CountedResource) {
  return {
    loadBalancer: partOf(loadBalancer, /(?:^|:loadbalancer\/)(app\/[^/\s]+\/[0-9a-z]+)$/, {
      option: '--load-balancer',
      form: 'app/NAME/ID, or its ARN: aws elbv2 describe-load-balancers prints it',
    }),
    targetGroup:
      targetGroup === undefined
        ? undefined
        : partOf(targetGroup, /(?:^|:)(targetgroup\/[^/\s]+\/[0-9a-z]+)$/, {
            option: '--target-group',
            form: 'targetgroup/NAME/ID, or its ARN: aws elbv2 describe-target-groups prints it',
          }),
  };
}

function partOf(
  text: string,
  pattern: RegExp,
  { option, form }: { readonly option: string; readonly form: string },
): string {
  const part = pattern.exec(text)?.[1];
  if (part !== undefined) return part;
  throw traceError('TL-TRACE-OPTION', `${option}: got "${text}"; allowed is ${form}`);
}
