import { nearestName } from '@tideline/config';
import * as z from 'zod';
import { traceError } from '../trace-codes.ts';

/** A metric as the AWS CLI prints it. */
export interface MetricValues {
  readonly points: readonly { readonly time: string; readonly value: number }[];
  /** Its label or id, which may say what a value is. */
  readonly name: string;
  /** Whether its statistic adds up or counts what was measured; null: the answer does not say. */
  readonly isSum: boolean | null;
  /** CloudWatch had more to say than this answer holds. */
  readonly isPartial: boolean;
}

const metricData = z.object({
  MetricDataResults: z.array(
    z.object({
      Id: z.string(),
      Label: z.string().optional(),
      Timestamps: z.array(z.string()),
      Values: z.array(z.number()),
      StatusCode: z.string().optional(),
    }),
  ),
  NextToken: z.string().nullish(),
});

type MetricDataResult = z.infer<typeof metricData>['MetricDataResults'][number];

const metricStatistics = z.object({
  Label: z.string().nullish(),
  Datapoints: z.array(z.looseObject({ Timestamp: z.string() })),
});

const statistics = ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'];

/**
 * Reads what `aws cloudwatch get-metric-data` or `get-metric-statistics` prints.
 * @param wanted id or label of a result, or name of a statistic; undefined: the only one, or the sum
 * @throws UsageError TL-TRACE-JSON, TL-TRACE-COLUMN
 */
export function metricValues(text: string, wanted: string | undefined, where: string): MetricValues {
  const json = parse(text, where);
  const data = metricData.safeParse(json);
  if (data.success) return ofData(data.data, wanted, where);
  const datapoints = metricStatistics.safeParse(json);
  if (datapoints.success) return ofStatistics(datapoints.data, wanted, where);
  const isData = typeof json === 'object' && json !== null && 'MetricDataResults' in json;
  const [issue] = (isData ? data : datapoints).error.issues;
  throw traceError(
    'TL-TRACE-JSON',
    `${where}: ${issue === undefined ? 'not a metric' : `${issue.path.join('.')}: ${issue.message}`}; allowed is what aws cloudwatch get-metric-data or get-metric-statistics prints with --output json`,
  );
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw traceError(
      'TL-TRACE-JSON',
      `${where}: not whole JSON (${error instanceof Error ? error.message : String(error)}); allowed is what aws cloudwatch get-metric-data or get-metric-statistics prints`,
      { cause: error },
    );
  }
}

function ofData(
  { MetricDataResults: results, NextToken: token }: z.infer<typeof metricData>,
  wanted: string | undefined,
  where: string,
): MetricValues {
  // The AWS CLI puts the pages of an answer behind each other: one result occurs once in each of them.
  const pages = results.filter(
    ({ Id: id, Label: label }) => wanted === undefined || id === wanted || label === wanted,
  );
  const last = pages.at(-1);
  if (last === undefined || pages.some(({ Id: id }) => id !== last.Id))
    throw unclear(wanted, { names: [...new Set(results.map(({ Id: id }) => id))], where, what: 'result' });
  return {
    points: pages.flatMap((page) => pointsOf(page, where)),
    name: last.Label ?? last.Id,
    isSum: null,
    isPartial: typeof token === 'string' || last.StatusCode === 'PartialData',
  };
}

function pointsOf(
  { Id: id, Timestamps: times, Values: values }: MetricDataResult,
  where: string,
): MetricValues['points'] {
  if (times.length === values.length)
    return times.map((time, index) => ({ time, value: values[index] ?? NaN }));
  throw traceError(
    'TL-TRACE-JSON',
    `${where}: result ${id} has ${times.length} timestamps and ${values.length} values; allowed is one value for each: get the file again`,
  );
}

function ofStatistics(
  { Datapoints: datapoints, Label: label }: z.infer<typeof metricStatistics>,
  wanted: string | undefined,
  where: string,
): MetricValues {
  const [first = { Timestamp: '' }] = datapoints;
  const names = Object.keys(first).filter((name) => statistics.includes(name));
  const statistic = wanted ?? names.find((name) => name === 'Sum' || name === 'SampleCount');
  if (datapoints.length > 0 && (statistic === undefined || !names.includes(statistic)))
    throw unclear(wanted, { names, where, what: 'statistic' });
  const points = datapoints.map((datapoint, index) => {
    const value: unknown = statistic === undefined ? undefined : datapoint[statistic];
    if (typeof value === 'number') return { time: datapoint.Timestamp, value };
    throw traceError(
      'TL-TRACE-JSON',
      `${where}: datapoint ${index} has no ${statistic ?? 'statistic'}; allowed are datapoints of one statistic: get the file again`,
    );
  });
  return {
    points,
    name: label ?? '',
    isSum: statistic === 'Sum' || statistic === 'SampleCount',
    isPartial: false,
  };
}

interface Choice {
  readonly names: readonly string[];
  readonly where: string;
  readonly what: string;
}

function unclear(wanted: string | undefined, { names, where, what }: Choice): Error {
  const allowed = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  if (wanted === undefined)
    return traceError(
      'TL-TRACE-COLUMN',
      `${where}: no ${what} is the one of the requests by itself, ${allowed}; ask CloudWatch for the Sum of RequestCount, or name one with --trace-column and what it is with --trace-unit`,
    );
  const meant = nearestName(wanted, names);
  return traceError(
    'TL-TRACE-COLUMN',
    `--trace-column: ${where} has no single ${what} "${wanted}"${meant === undefined ? '' : `, did you mean ${meant}?`}; ${allowed}`,
  );
}
