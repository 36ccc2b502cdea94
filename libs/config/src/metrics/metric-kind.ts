import type { Problem } from '../configuration-error.ts';
import type { Environment, LoadProfile, PolicyMetric, TargetMetric } from '../environment.ts';

/** Period of every metric that is not published at high resolution, seconds. */
export const standardPeriodSeconds = 60;

/** What CloudWatch measures a metric at, which gives the metric its dimensions; `published` ones have those of the description. */
export type MetricScope =
  'capacity' | 'capacity-provider' | 'target-group' | 'green-target-group' | 'load-balancer' | 'published';

/** A metric as CloudWatch knows it. */
export interface CloudWatchMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
  readonly scope: MetricScope;
  /** Of scope `published` alone; the others follow from the scope and the resource. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A load at a number of tasks or instances. */
export interface LoadOnTasks {
  readonly profile: LoadProfile;
  readonly requestsPerSecond: number;
  readonly tasks: number;
}

/** A policy that follows a metric, as the rules of the metric see it. */
interface Follower<Metric> {
  readonly policy: string;
  readonly metric: Metric;
}

/** Every fact of one kind of metric. Values are in the metric’s CloudWatch unit unless a name says otherwise. */
export interface MetricKind<
  Metric extends PolicyMetric = PolicyMetric,
  Target extends TargetMetric = TargetMetric,
> {
  readonly unit: 'Count' | 'Percent' | 'Seconds' | 'None';
  /** Period of the datapoints that alarms watch, seconds. */
  periodSeconds(metric: Metric, monitoring: Environment['monitoring']): number;
  /** A high value means that more capacity is needed; false where it may mean anything. */
  readonly risesWithLoad: boolean;
  /** What is known of its value before a run: all of it, no more than a lower bound, or nothing. */
  readonly foreseen: 'exactly' | 'at-least' | 'never';
  /** The description’s unit in one CloudWatch unit: 1000 where a threshold is in milliseconds and AWS counts seconds. */
  readonly thresholdsPerUnit: number;
  /** With `assumptions.idleRequests` missing, an idle service has no datapoints of it. */
  readonly missingWhenIdle: boolean;
  /** Measured at tasks or instances, or at what they answer: while none runs there is no datapoint, and so no way out of zero. */
  readonly needsTarget: boolean;
  /** The same load on twice as many tasks or instances gives half the value. */
  readonly perUnit: boolean;
  /** The CloudWatch metrics behind it; several are added up. */
  cloudWatch(metric: Metric, environment: MetricSettings): readonly CloudWatchMetric[];
  /** Metric math that adds up several; not asked where there is one. */
  total(ids: readonly string[]): string;
  /** Name of AWS’s predefined metric for target tracking; null where a customized metric must be described. */
  predefinedType(metric: Target, environment: MetricSettings): string | null;
  targetValue(metric: Target): number;
  /** Its value under a load; null when the load does not determine it. */
  expected(environment: Environment, load: LoadOnTasks): number | null;
  /** Contradictions between the metric and the rest of the description. */
  errors?(follower: Follower<Metric>, environment: Environment): readonly Problem[];
  /** Doubts about a target under the highest load of a profile, at the most tasks that there may be. */
  warnings?(follower: Follower<Target>, environment: Environment, highest: LoadOnTasks): readonly Problem[];
}

/** The facts of the kind of metric with this name. */
export type MetricKindOf<Kind extends PolicyMetric['kind']> = MetricKind<
  Extract<PolicyMetric, { readonly kind: Kind }>,
  Extract<TargetMetric, { readonly kind: Kind }>
>;

/** The parts of a description that decide which CloudWatch metric is meant. */
export type MetricSettings = Pick<Environment, 'compute' | 'monitoring' | 'release'>;
