import type { Capacity, PartFigures, TraceRemark } from '@tideline/planner';
import { type Palette, type Table, left, right, tableBlocks, wrapText } from '@tideline/report';

/** Columns of a terminal. */
const width = 100;

export const rounded = (value: number, digits = 3): string =>
  value === 0 ? '0' : Number(value.toPrecision(digits)).toLocaleString('en-US', { maximumFractionDigits: 6 });

export const percent = (value: number): string => `${rounded(value)} %`;
export const usd = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A stretch of time in words: `3 d 4 h`, `12 min`, `45 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.round(whole / 60)} min`;
  const [days, hours] = [Math.floor(whole / 86_400), Math.round((whole % 86_400) / 3600)];
  return days === 0 ? `${hours} h` : hours === 0 ? `${days} d` : `${days} d ${hours} h`;
}

/** Calendar instant to the minute, UTC. */
export const instant = (startedAt: string | Date, seconds: number): string =>
  new Date(new Date(startedAt).getTime() + seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

/** A title with lines below it. */
export const section = (title: string, lines: readonly string[], paint: Palette): readonly string[] =>
  lines.length === 0 ? [] : [paint.bold(title), ...lines.map((line) => `  ${line}`.trimEnd()), ''];

export const tableLines = (table: Table): readonly string[] => tableBlocks(table, width - 2).flat();

export const bullets = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) =>
    wrapText(text, width - 4).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`),
  );

export const remarkLines = (remarks: readonly TraceRemark[]): readonly string[] =>
  bullets(remarks.map(({ code, message }) => `${code} ${message}`));

/** The figures that a reader asks for first, one row each policy. */
export const figuresTable = (
  rows: readonly { readonly name: string; readonly figures: PartFigures }[],
  unit: Capacity['unit'],
): Table => ({
  columns: [
    left(''),
    right(`${unit}s`),
    right('peak'),
    right('USD/month'),
    right('above capacity'),
    right('longest'),
    right('short of time'),
    right('moves'),
  ],
  rows: rows.map(({ name, figures }) => [
    name,
    rounded(figures.averageUnits),
    String(figures.peakUnits),
    usd(figures.cost.computeUsdPerMonth),
    percent(figures.requestsAboveCapacity.percent),
    duration(figures.requestsAboveCapacity.longestSeconds),
    percent(figures.elasticity.underProvisioning.timePercent),
    String(figures.scaleEvents),
  ]),
});
