import { Interruption, type Program, checkOutputFolder, exitCodes, nameList } from '@tideline/process';
import { Option } from 'commander';
import { benchNames } from '../bench-name.ts';
import type { BenchReport } from '../report/bench-report.ts';
import { renderReport } from '../report/render-report.ts';
import { writeReport } from '../report/write-report.ts';
import { type BenchOptions, runBench } from './run-bench.ts';

/** The command line of `npm run bench`. @param source the process that it runs in */
export const benchProgram = (source: NodeJS.Process, ownBundleUrl: string): Program => ({
  name: 'bench',
  description:
    'Measures what this project promises, as ratios against programs that run on the same machine at the same time.\n' +
    'Prints a table, and writes bench.json into the folder of the latest run.\n\n' +
    'Exit codes: 0 measured, 1 something could not be measured or (with --check) is below its target, 2 wrong usage, 3 the report was not written, 130 interrupted.',
  scripts: ['bench'],
  interrupted: 'interrupted; everything that was started has ended, nothing was written',
  define: (command, { act, env, stdout, stderr }) => {
    command
      .addOption(
        new Option('--only <names>', `measure only these, separated by commas: ${benchNames.join(', ')}`)
          .argParser(nameList(benchNames))
          .default(benchNames, 'all'),
      )
      .addOption(
        new Option('--quick', 'fewer and shorter rounds: a first look, not a figure to quote')
          .default(false)
          .conflicts('full'),
      )
      .option(
        '--full',
        'more and longer rounds, and proxies with 1, 50 and 500 connections for both sizes: 20 minutes',
        false,
      )
      .option('--check', 'exit 1 when a figure is below its target', false)
      .option('--out <dir>', 'folder that holds run folders, and the link `latest`', 'reports')
      .option('--json', 'print the report as JSON on standard output instead of the table', false)
      .action(
        act(async (options: BenchOptions) => {
          checkOutputFolder('--out', options.out);
          const { signal } = new Interruption(source, {
            signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
            onLater: () => source.exit(exitCodes.interrupted),
          });
          const report = await runBench(options, {
            ownBundleUrl,
            searchPath: env.PATH ?? '',
            signal,
            progress: (text) => stderr.write(`${text}\n`),
          });
          const file = await writeReport(options.out, report);
          stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${renderReport(report)}\n${file}\n`);
          return exitCodeOf(report, options);
        }),
      );
  },
});

/** Speed is judged only where `--check` asks for it; what could not be measured always counts, what was skipped never. */
export function exitCodeOf(
  { figures, failed }: Pick<BenchReport, 'figures' | 'failed'>,
  { check }: Pick<BenchOptions, 'check'>,
): number {
  if (failed.length > 0) return exitCodes.failed;
  return check && figures.some(({ met }) => met === false) ? exitCodes.failed : exitCodes.done;
}
