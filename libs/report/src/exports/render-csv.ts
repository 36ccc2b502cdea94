import type { RunRecord } from '@tideline/evidence';
import type { Table } from '../facts/table.ts';

/** A table as CSV (RFC 4180), with a header line. */
export const tableCsv = ({ columns, rows }: Table): string =>
  csv([columns.map(({ title }) => title), ...rows]);

const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map((cell) => field(String(cell))).join(',')}\r\n`).join('');

const field = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The timeline and every series of a run as CSV: one row for each value, in columns `cloudSeconds`, `series` and `value`. Series are
 * `scaling.desired`, `scaling.running`, `scaling.healthy`, `load.requestsPerSecond`, `load.failures`, `load.p50Ms`, `load.p95Ms`,
 * `load.p99Ms`, and the metrics under CloudWatch’s names, each at the start of its period.
 */
export function runCsv({ scaling, load }: RunRecord): string {
  const rows: (readonly (string | number)[])[] = [['cloudSeconds', 'series', 'value']];
  for (const { cloudSeconds, desired, running, healthy } of scaling.timeline) {
    for (const [name, value] of Object.entries({ desired, running, healthy }))
      rows.push([cloudSeconds, `scaling.${name}`, value]);
  }
  for (const { cloudSeconds, ...figures } of load.series) {
    for (const [name, value = ''] of Object.entries(figures))
      rows.push([cloudSeconds, `load.${name}`, value]);
  }
  for (const { key, datapoints } of scaling.metrics) {
    for (const { cloudSeconds, value } of datapoints) rows.push([cloudSeconds, key, value]);
  }
  return csv(rows);
}
