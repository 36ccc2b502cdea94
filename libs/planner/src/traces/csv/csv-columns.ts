import { nearestName } from '@tideline/config';
import type { TraceUnit } from '../series/even-steps.ts';
import { type NamedUnit, namedUnit } from '../series/named-unit.ts';
import { readTime } from '../times/read-time.ts';
import { traceError } from '../trace-codes.ts';
import { splitRow } from './split-row.ts';

/** Delimiters that are found by themselves; another one has to be given. */
const delimiters = [',', ';', '\t', '|'];

/** How the rows of a file are to be read. */
export interface CsvLayout {
  readonly delimiter: string;
  readonly timeColumn: number;
  readonly valueColumn: number;
  readonly hasHeader: boolean;
  /** Fields of the first row. */
  readonly fields: number;
  /** What the header says of the values. */
  readonly named: NamedUnit;
}

/** What the user says about the columns. */
export interface ColumnOptions {
  readonly delimiter?: string | undefined;
  /** Name in the header, or number from 1, of the column with the times. @default found */
  readonly timeColumn?: string | undefined;
  /** The same of the values. @default found */
  readonly column?: string | undefined;
  /** What a value says: requests in its period (count), or requests per second (rate). @default what the file says; else count, with a remark */
  readonly unit?: TraceUnit | undefined;
}

const timeNames = /^(?:@?time(?:_?stamp)?|_time|date(?:_?time)?|ts|when|period(?:[ _]?start)?)$/i;
const valueNames =
  /(?:request|req\b|count|value|sum|hits|rate|[rqt]p[smhd]\b|per[ _]?(?:sec|min|hour|day)|total)/i;

/**
 * Finds delimiter, header and columns from the first two rows of a file.
 * @param rows the first two that are not blank. @throws UsageError TL-TRACE-COLUMN, TL-TRACE-ROW, TL-TRACE-UNIT
 */
export function csvLayout(rows: readonly string[], options: ColumnOptions, where: string): CsvLayout {
  const [first = '', second = first] = rows;
  const delimiter = options.delimiter ?? findDelimiter(first, second);
  const [head, data] = [fieldsOf(first, delimiter, where), fieldsOf(second, delimiter, where)];
  const hasHeader = !head.some((field) => readTime(field) !== undefined);
  const names = hasHeader ? head : head.map((_, index) => String(index + 1));
  const timeColumn =
    pick(options.timeColumn, { names, option: '--trace-time-column', where }) ??
    findTimeColumn(names, { data: hasHeader ? data : head, where, hasHeader });
  const valueColumn =
    pick(options.column, { names, option: '--trace-column', where }) ??
    findValueColumn(names, { data: hasHeader ? data : head, timeColumn, where });
  return {
    delimiter,
    timeColumn,
    valueColumn,
    hasHeader,
    fields: head.length,
    named: namedUnit(hasHeader ? (names[valueColumn] ?? '') : '', { given: options.unit, where }),
  };
}

function findDelimiter(first: string, second: string): string {
  const found = delimiters.find((delimiter) => {
    const fields = splitRow(second, delimiter);
    return fields !== undefined && fields.length > 1 && splitRow(first, delimiter)?.length === fields.length;
  });
  return found ?? ',';
}

function fieldsOf(row: string, delimiter: string, where: string): readonly string[] {
  const fields = splitRow(row, delimiter);
  if (fields !== undefined) return fields.map((field) => field.trim());
  throw traceError('TL-TRACE-ROW', `${where}: a quote is not closed in: ${row.slice(0, 200)}`);
}

interface Named {
  readonly names: readonly string[];
  readonly option: string;
  readonly where: string;
}

function pick(wanted: string | undefined, { names, option, where }: Named): number | undefined {
  if (wanted === undefined) return undefined;
  const byName = names.indexOf(wanted);
  if (byName >= 0) return byName;
  const number = Number(wanted);
  if (Number.isInteger(number) && number >= 1 && number <= names.length) return number - 1;
  const meant = nearestName(wanted, names);
  throw traceError(
    'TL-TRACE-COLUMN',
    `${option}: ${where} has no column "${wanted}"${meant === undefined ? '' : `, did you mean "${meant}"?`}; allowed are ${listed(names)}, or a number from 1 to ${names.length}`,
  );
}

function findTimeColumn(
  names: readonly string[],
  {
    data,
    where,
    hasHeader,
  }: { readonly data: readonly string[]; readonly where: string; readonly hasHeader: boolean },
): number {
  const isTime = (index: number): boolean => readTime(data[index] ?? '') !== undefined;
  const byName = names.findIndex((name) => timeNames.test(name));
  if (byName >= 0) return byName;
  const byContent = names.findIndex((_, index) => isTime(index));
  if (byContent >= 0) return byContent;
  throw traceError(
    'TL-TRACE-COLUMN',
    `${where}: no column with times in ${hasHeader ? `${listed(names)}, whose first row is ` : 'the first row, '}${listed(data)}; allowed are times such as 2026-03-01T08:00:00Z, or seconds since 1970: name the column with --trace-time-column`,
  );
}

function findValueColumn(
  names: readonly string[],
  {
    data,
    timeColumn,
    where,
  }: { readonly data: readonly string[]; readonly timeColumn: number; readonly where: string },
): number {
  const others = names.flatMap((_, index) => (index === timeColumn ? [] : [index]));
  const numeric = others.filter(
    (index) => (data[index] ?? '') !== '' && Number.isFinite(Number(data[index])),
  );
  const named = numeric.filter((index) => valueNames.test(names[index] ?? ''));
  for (const candidates of [others, numeric, named]) {
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return only;
  }
  const columns = others.map((index) => names[index] ?? '');
  throw traceError(
    'TL-TRACE-COLUMN',
    others.length === 0
      ? `${where}: got one column; allowed are a time and a value in each row, with a comma, a semicolon or a tab between them: give another delimiter with --trace-delimiter`
      : `${where}: several columns may hold the values: ${listed(columns)}; name one with --trace-column`,
  );
}

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
