/** One row of a graph, as CloudWatch reads it. */
export type MetricRow = readonly (string | Readonly<Record<string, unknown>>)[];

export interface Graph {
  readonly title: string;
  readonly metrics: readonly MetricRow[];
  /** Lines drawn across, at values of the description. */
  readonly lines?: readonly { readonly label: string; readonly value: number }[];
}

export const metricRow = (
  namespace: string,
  metricName: string,
  {
    dimensions,
    more,
  }: {
    readonly dimensions: Readonly<Record<string, string>>;
    readonly more: Readonly<Record<string, unknown>>;
  },
): MetricRow => [namespace, metricName, ...Object.entries(dimensions).flat(), more];

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The lines between which a count stays. */
export const boundLines = ({ min, max }: Bounds) => [
  { label: 'Minimum', value: min },
  { label: 'Maximum', value: max },
];
