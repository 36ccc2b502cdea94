/** One call of GetMetricData, in the words of the API. */
export interface MetricQuestion {
  readonly MetricDataQueries: {
    readonly Id: string;
    readonly MetricStat: {
      readonly Metric: {
        readonly Namespace: string;
        readonly MetricName: string;
        readonly Dimensions: { readonly Name: string; readonly Value: string }[];
      };
      /** Seconds. */
      readonly Period: number;
      readonly Stat: 'Sum';
    };
  }[];
  readonly StartTime: Date;
  /** The first instant that is not asked for. */
  readonly EndTime: Date;
  readonly ScanBy: 'TimestampAscending';
  readonly NextToken?: string;
}

/** What is looked at of its answer. */
export interface MetricAnswer {
  readonly MetricDataResults?:
    | readonly { readonly Timestamps?: Date[] | undefined; readonly Values?: number[] | undefined }[]
    | undefined;
  readonly NextToken?: string | undefined;
}

/** Reads of CloudWatch. An implementation retries what AWS throttles, and throws UsageError TL-TRACE-AWS where it was refused. */
export interface MetricReads {
  getMetricData(question: MetricQuestion): Promise<MetricAnswer>;
}
