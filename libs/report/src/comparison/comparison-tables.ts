import { formatMeasure } from '@tideline/evidence';
import { type Table, left, right } from '../facts/table.ts';
import type { ComparedFigure, ComparedSubject, Comparison } from './comparison.ts';

/** Marks that say by their form what the words say. */
export const marks = { better: '✓', worse: '✗', same: '=', different: '≠', unknown: '–' } as const;

/** What is compared, a row for each. */
export const subjectTable = ({ subjects }: Comparison): Table => ({
  columns: [left(''), left('name'), left('what'), left('started'), left('verdict')],
  rows: subjects.map(({ name, kind, startedAt, passed }, index) => [
    letterOf(index),
    name,
    kind,
    startedAt,
    passed === null ? 'not judged' : passed ? 'passed' : 'failed',
  ]),
});

/** Figures side by side, each beside the first in words. */
export const figuresTable = ({ subjects, figures }: Comparison): Table => ({
  columns: [
    left('figure'),
    ...subjects.flatMap((_: ComparedSubject, index) =>
      index === 0 ? [right(letterOf(index))] : [right(letterOf(index)), left(`${letterOf(index)} against A`)],
    ),
  ],
  rows: figures.map((figure) => [
    figure.label,
    ...figure.values.flatMap((value, index) => {
      const shown = formatValue(value, figure);
      const against = figure.differences[index - 1];
      return against === undefined ? [shown] : [shown, `${marks[against.judgement]} ${against.words}`];
    }),
  ]),
});

/** The same for programs: bare numbers, and words without their marks, which a spreadsheet would take for a formula. */
export const figuresData = ({ subjects, figures }: Comparison): Table => ({
  columns: [
    left('figure'),
    left('unit'),
    ...subjects.flatMap((_: ComparedSubject, index) =>
      index === 0 ? [right(letterOf(index))] : [right(letterOf(index)), left(`${letterOf(index)} against A`)],
    ),
  ],
  rows: figures.map(({ label, unit, values, differences }) => [
    label,
    unit,
    ...values.flatMap((value, index) => {
      const against = differences[index - 1];
      return [value === null ? '' : String(value), ...(against === undefined ? [] : [against.words])];
    }),
  ]),
});

/** Settings in which they differ. */
export const setupTable = ({ subjects, setup }: Comparison): Table => ({
  columns: [left('setting'), ...subjects.map((_, index) => left(letterOf(index)))],
  rows: setup.map(({ name, values }) => [name, ...values.map((value) => value ?? '–')]),
});

/** `A` for the first. */
export const letterOf = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** `12.5 ms`; `–` where it is not known. */
export const formatValue = (value: number | null, { unit }: Pick<ComparedFigure, 'unit'>): string =>
  value === null ? '–' : unit === '' ? formatMeasure(value) : `${formatMeasure(value)} ${unit}`;

/** How many figures are better and worse, for each after the first. */
export const tally = ({ subjects, figures }: Comparison): readonly string[] =>
  subjects.slice(1).map((_, index) => {
    const count = (judgement: string): number =>
      figures.filter(({ differences }) => differences[index]?.judgement === judgement).length;
    return `${letterOf(index + 1)} against A: ${count('better')} figures better, ${count('worse')} worse, ${count('same')} the same`;
  });
