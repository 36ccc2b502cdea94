import {
  type EndpointAnswers,
  type Latency,
  type RunRecord,
  formatCount,
  formatMeasure,
} from '@tideline/evidence';
import { type Table, left, right } from './table.ts';

type StatusClass = keyof EndpointAnswers['classes'];
const classes: readonly StatusClass[] = ['2xx', '3xx', '4xx', '5xx', 'other', 'none'];

const percentiles: Readonly<Record<string, (latency: Latency) => number | undefined>> = {
  'p50 ms': ({ p50 }) => p50,
  'p95 ms': ({ p95 }) => p95,
  'p99 ms': ({ p99 }) => p99,
  'max ms': ({ max }) => max,
};

/** What each endpoint answered, class by class; null where the record does not say. */
export function answerTable({ load: { endpoints } }: Pick<RunRecord, 'load'>): Table | null {
  if (endpoints === undefined) return null;
  const timed = endpoints.some(({ latencyMs }) => latencyMs !== undefined) ? percentiles : {};
  return {
    columns: [
      left('endpoint'),
      ...classes.map(right),
      right('2xx without body'),
      ...Object.keys(timed).map(right),
    ],
    rows: endpoints.map(({ endpoint, classes: counts, empty, latencyMs }) => [
      endpoint,
      ...classes.map((name) => formatCount(counts[name])),
      formatCount(empty),
      ...Object.values(timed).map((of) => measured(latencyMs === undefined ? undefined : of(latencyMs))),
    ]),
  };
}

const measured = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '–' : formatMeasure(milliseconds);

/** `4,980 2xx, 20 5xx` over all endpoints; empty where nothing was answered, or the record does not say. */
export const answerClasses = ({ endpoints = [] }: RunRecord['load']): string =>
  classes
    .map((name) => ({ name, count: endpoints.reduce((sum, { classes: counts }) => sum + counts[name], 0) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${formatCount(count)} ${name === 'none' ? 'without an answer' : name}`)
    .join(', ');
