import type { Check, NotJudged } from '@tideline/evidence';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table of plain, unescaped text; every row has as many cells as there are columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** The checks of a verdict, and what was not judged. */
export const checkTable = (
  {
    checks,
    notJudged = [],
  }: { readonly checks: readonly Check[]; readonly notJudged?: readonly NotJudged[] | undefined },
  results: { readonly passed: string; readonly failed: string },
): Table => ({
  columns: ['result', 'check', 'observed', 'expected'].map(left),
  rows: [
    ...checks.map(({ name, passed, observed, expected }) => [
      ...[passed ? results.passed : results.failed, name],
      ...[observed, expected],
    ]),
    ...notJudged.map(({ name, reason }) => ['not judged', name, reason, '']),
  ],
});

export const left = (title: string): Column => ({ title, align: 'left' });
export const right = (title: string): Column => ({ title, align: 'right' });
