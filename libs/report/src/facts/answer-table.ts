import { type EndpointAnswers, type RunRecord, formatCount } from '@tideline/evidence';
import { type Table, left, right } from './table.ts';

type StatusClass = keyof EndpointAnswers['classes'];
const classes: readonly StatusClass[] = ['2xx', '3xx', '4xx', '5xx', 'other', 'none'];

/** What each endpoint answered, class by class; null where the record does not say. */
export function answerTable({ load: { endpoints } }: Pick<RunRecord, 'load'>): Table | null {
  if (endpoints === undefined) return null;
  return {
    columns: [left('endpoint'), ...classes.map(right), right('2xx without body')],
    rows: endpoints.map(({ endpoint, classes: counts, empty }) => [
      endpoint,
      ...classes.map((name) => formatCount(counts[name])),
      formatCount(empty),
    ]),
  };
}

/** `4,980 2xx, 20 5xx` over all endpoints; empty where nothing was answered, or the record does not say. */
export const answerClasses = ({ endpoints = [] }: RunRecord['load']): string =>
  classes
    .map((name) => ({ name, count: endpoints.reduce((sum, { classes: counts }) => sum + counts[name], 0) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${formatCount(count)} ${name === 'none' ? 'without an answer' : name}`)
    .join(', ');
