import { type ExportFiles, exportOption, number } from '@tideline/process';
import type { AddCommand } from '../cli/program.ts';

/** Forms that a comparison comes in besides its page. */
export const comparisonForms = {
  junit: 'the verdicts of the runs, and of --fail-above, for CI',
  csv: 'the figures',
} as const;

export interface CompareOptions {
  readonly out?: string;
  readonly index?: string;
  readonly differentLoads: boolean;
  readonly failAbove?: number;
  readonly export?: ExportFiles<keyof typeof comparisonForms>;
  readonly json: boolean;
}

/** `compare`: two or more runs or simulations, set against the first. */
export const addCompareCommand: AddCommand = (program, { act, env, stdout, typed }) => {
  program
    .command('compare')
    .description('set run records (of the twin, of AWS) or simulations against the first of them')
    .argument('[records...]', 'run records, folders of runs, or what `simulate --out` wrote; two or more')
    .option('--out <file>', 'also write the comparison as one HTML page there')
    .option('--index <folder>', 'write index.html of all runs in that folder of reports, with their trends')
    .option('--different-loads', 'compare although the profiles or traces differ', false)
    .option(
      '--fail-above <percent>',
      'exit with 1 where a figure that has a better side is worse than the first by more than this',
      number({ from: 0, to: 100_000 }),
    )
    .addOption(exportOption(comparisonForms))
    .option('--json', 'print the comparison on standard output, and nothing else there', false)
    .addHelpText('after', examples(typed('compare')))
    .action((records: readonly string[], options: CompareOptions) =>
      act(async () => {
        const { runCompare } = await import('./run-compare.ts');
        const { text, exitCode } = await runCompare(records, options, env);
        stdout.write(text);
        return exitCode;
      })(options),
    );
};

const examples = (compare: string): string => `
Examples:
  ${compare} reports/2026-01-05T10-00-00-000Z reports/latest --out comparison.html
  ${compare} before.json after.json --fail-above 10
  ${compare} --index reports

Exit codes: 0 compared, 1 something is worse by more than --fail-above, 2 wrong options or unlike records, 3 a file or standard output took not all of it, 130 interrupted.`;
