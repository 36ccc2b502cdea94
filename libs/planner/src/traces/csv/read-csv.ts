import type { RemarkLog } from '../remark-log.ts';
import type { Samples } from '../series/samples.ts';
import type { TraceUnit } from '../series/even-steps.ts';
import type { RowClock } from '../times/row-clock.ts';
import { traceError } from '../trace-codes.ts';
import { batchesOfLines } from '../sources/text-lines.ts';
import { type ColumnOptions, type CsvLayout, csvLayout } from './csv-columns.ts';
import { splitRow } from './split-row.ts';

/** Where the rows of files go. */
interface CsvTarget {
  readonly samples: Samples;
  readonly clock: RowClock;
  readonly remarks: RemarkLog;
}

/** What JavaScript reads as hexadecimal, octal or binary. */
const otherBase = /^0[box]/i;

/** What programs write where they have no value. */
const blanks = new Set(['', 'nan', 'null', 'none', 'na', 'n/a', '-']);

/**
 * Reads rows of a time and a value, one piece of the file at a time. Rows without a value count as missing.
 * @returns what the header says of the values; null: nothing
 * @throws UsageError with file and line, TL-TRACE-COLUMN, -UNIT, -ROW, -TIME, -ZONE, -NUMBER, -NEGATIVE
 */
export async function readCsv(
  path: string,
  options: ColumnOptions,
  target: CsvTarget,
): Promise<TraceUnit | null> {
  const rows = new CsvRows(path, options, target);
  for await (const lines of batchesOfLines(path)) for (const line of lines) rows.read(line);
  return rows.finish();
}

/** One row, and how it is to be read. */
interface Row {
  readonly layout: CsvLayout;
  readonly line: string;
  readonly number: number;
}

class CsvRows {
  readonly #path: string;
  readonly #options: ColumnOptions;
  readonly #target: CsvTarget;
  /** The rows before the layout is known: two. */
  readonly #first: string[] = [];
  #layout: CsvLayout | null = null;
  #number = 0;
  #blank = 0;
  #firstBlank = 0;

  constructor(path: string, options: ColumnOptions, target: CsvTarget) {
    this.#path = path;
    this.#options = options;
    this.#target = target;
  }

  read(line: string): void {
    this.#number += 1;
    if (line.trim() === '' || (line.startsWith('#') && this.#layout === null)) return;
    if (this.#layout !== null) this.#readRow(line, this.#layout, this.#number);
    else if (this.#first.push(`${this.#number} ${line}`) === 2) this.#begin();
  }

  finish(): TraceUnit | null {
    if (this.#layout === null && this.#first.length > 0) this.#begin();
    if (this.#blank > 0)
      this.#target.remarks.add(
        'TL-TRACE-BLANK',
        `${this.#path}: ${this.#blank} rows have no value, first line ${this.#firstBlank}: they count as missing`,
      );
    return this.#layout?.named.unit ?? null;
  }

  #begin(): void {
    const rows = this.#first.map((row) => {
      const space = row.indexOf(' ');
      return { number: Number(row.slice(0, space)), text: row.slice(space + 1) };
    });
    const layout = csvLayout(
      rows.map(({ text }) => text),
      this.#options,
      this.#path,
    );
    this.#layout = layout;
    for (const { text, number } of layout.hasHeader ? rows.slice(1) : rows)
      this.#readRow(text, layout, number);
  }

  #readRow(line: string, layout: CsvLayout, number: number): void {
    const fields = splitRow(line, layout.delimiter);
    const [time, value] = [fields?.[layout.timeColumn], fields?.[layout.valueColumn]];
    if (time === undefined || value === undefined) throw this.#rowProblem(fields, { layout, line, number });
    // A thousand written as 1,000 is two fields: without this the value would be 1.
    if (fields !== undefined && fields.length > layout.fields)
      this.#refuseMore(fields, { layout, line, number });
    const atMs = this.#target.clock.read(time.trim(), this.#path, number);
    const text = value.trim();
    const amount = text === '' || otherBase.test(text) ? NaN : Number(text);
    if (amount >= 0 && amount < Infinity) {
      this.#target.samples.add(atMs, amount / layout.named.perSeconds);
      return;
    }
    if (!blanks.has(text.toLowerCase())) throw valueProblem(text, `${this.#path}:${number}`);
    this.#target.samples.add(atMs, NaN);
    if (this.#blank === 0) this.#firstBlank = number;
    this.#blank += 1;
  }

  /** Empty fields at the end are no more than a delimiter too many. */
  #refuseMore(fields: readonly string[], { layout, line, number }: Row): void {
    if (fields.slice(layout.fields).every((field) => field.trim() === '')) return;
    throw traceError(
      'TL-TRACE-ROW',
      `${this.#path}:${number}: got ${fields.length} fields, and ${layout.fields} in the first row: ${line.slice(0, 100)}; write a point before the decimals and nothing between thousands, or give the delimiter with --trace-delimiter`,
    );
  }

  #rowProblem(fields: readonly string[] | undefined, { layout, line, number }: Row): Error {
    const needed = Math.max(layout.timeColumn, layout.valueColumn) + 1;
    return traceError(
      'TL-TRACE-ROW',
      `${this.#path}:${number}: ${fields === undefined ? 'a quote is not closed' : `got ${fields.length} fields, the value or the time is in field ${needed}`}: ${line.slice(0, 100)}; complete the row, or give the delimiter with --trace-delimiter`,
    );
  }
}

function valueProblem(text: string, where: string): Error {
  if (Number(text) < 0)
    return traceError(
      'TL-TRACE-NEGATIVE',
      `${where}: got ${text}; allowed are numbers from 0 up: nobody asks less than nothing, so look for another column with --trace-column`,
    );
  const hint = /^-?[\d.]*,\d+$/.test(text)
    ? 'write a point before the decimals and nothing between thousands'
    : 'correct the row, or name another column with --trace-column';
  return traceError(
    'TL-TRACE-NUMBER',
    `${where}: got the value "${text}"; allowed are numbers from 0 up such as 1250 or 3.5, or nothing where none is known: ${hint}`,
  );
}
