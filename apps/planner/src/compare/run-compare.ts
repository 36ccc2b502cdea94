import { existsSync, statSync } from 'node:fs';
import {
  UsageError,
  type Variables,
  appendStepSummary,
  checkExports,
  checkOutputFile,
  exitCodes,
  writeWhole,
} from '@tideline/process';
import {
  type Comparison,
  type JudgedSuite,
  comparisonData,
  formatValue,
  renderComparisonHtml,
  renderComparisonMarkdown,
  renderComparisonTerminal,
  renderJunit,
  tableCsv,
  writeReportsIndex,
} from '@tideline/report';
import { type CompareOptions, type comparisonForms } from './compare-command.ts';
import { compareSubjects } from './compare-subjects.ts';
import { type Subject, readSubject } from './read-subject.ts';

const terminalWidth = 100;

/** Compares, and writes what the options ask for. @throws UsageError, WriteError */
export async function runCompare(
  paths: readonly string[],
  options: CompareOptions,
  variables: Variables,
): Promise<{ readonly text: string; readonly exitCode: number }> {
  const index = options.index === undefined ? null : indexOf(options.index);
  if (paths.length === 0 && index !== null)
    return { text: options.json ? `${JSON.stringify({ index })}\n` : `${index}\n`, exitCode: exitCodes.done };
  if (paths.length < 2)
    throw new UsageError(
      'TL-COMPARE-COUNT',
      `got ${paths.length} to compare; allowed are two or more run records or simulations, or --index FOLDER alone`,
    );
  if (options.out !== undefined) checkOutputFile('--out', options.out);
  checkExports(options);
  const subjects = await Promise.all(paths.map(readSubject));
  const comparison = compareSubjects(subjects, options);
  const { failAbove } = options;
  const suites = failAbove === undefined ? [] : limitSuites(comparison, failAbove);
  const forms: Readonly<Record<keyof typeof comparisonForms, () => string>> = {
    junit: () => renderJunit([...subjects.flatMap(verdictSuite), ...suites]),
    csv: () => tableCsv(comparisonData(comparison)),
  };
  if (options.out !== undefined) writeWhole(options.out, renderComparisonHtml(comparison));
  for (const [form, file] of Object.entries(options.export ?? {}))
    writeWhole(file, forms[form as keyof typeof forms]());
  appendStepSummary(variables, renderComparisonMarkdown(comparison));
  const isWorse = suites.some(({ checks }) => checks.some(({ passed }) => !passed));
  return {
    text: options.json
      ? `${JSON.stringify(comparison, null, 2)}\n`
      : renderComparisonTerminal(comparison, terminalWidth),
    exitCode: isWorse ? exitCodes.failed : exitCodes.done,
  };
}

/** @returns path of the page. @throws UsageError where there is no such folder */
function indexOf(folder: string): string {
  if (existsSync(folder) && statSync(folder).isDirectory()) return writeReportsIndex(folder);
  throw new UsageError(
    'TL-COMPARE-FILE',
    `--index ${folder}: no such folder; give the folder that run folders are in, such as reports`,
  );
}

const verdictSuite = ({ name, record }: Subject): readonly JudgedSuite[] =>
  record === null ? [] : [{ ...record, ...record.verdict, name }];

/** A check for each figure that has a better side: not worse than the first by more than the limit. */
const limitSuites = (comparison: Comparison, limitPercent: number): readonly JudgedSuite[] =>
  comparison.subjects.slice(1).map(({ name, startedAt }, index) => ({
    name: `${name} against ${comparison.subjects[0]?.name ?? ''}`,
    startedAt,
    wallSeconds: 0,
    checks: comparison.figures.flatMap(({ id, label, unit, better, values, differences }) => {
      const against = differences[index];
      if (against === undefined || better === 'neither' || against.judgement === 'unknown') return [];
      const percent = Math.abs(against.percent ?? Infinity);
      return [
        {
          name: id,
          passed: against.judgement !== 'worse' || percent <= limitPercent,
          observed: `${label} ${formatValue(values[index + 1] ?? null, { unit })}, ${against.words}`,
          expected: `at most ${limitPercent} % worse than ${formatValue(values[0] ?? null, { unit })}`,
        },
      ];
    }),
  }));
