import { highestSpeed } from '@tideline/evidence';
import { Interruption, choiceOption, exitCodes, number } from '@tideline/process';
import type { AddCommand } from '../cli/program.ts';
import { type SearchOptions, addSearchOptions } from '../plan/search-options.ts';
import { type TrafficOptions, addTrafficOptions } from '../shared/traffic-options.ts';
import { defaultPeak } from './drive-at.ts';

export interface ProveCommandOptions extends TrafficOptions, SearchOptions {
  readonly slo: string;
  readonly plan?: string;
  readonly policy: 'recommended' | 'current';
  readonly minutes?: number;
  readonly speed: number;
  readonly peak: number;
  readonly out: string;
  readonly json: boolean;
}

/** `prove`: runs what was planned on the twin, and sets what was predicted beside it. */
export const addProveCommand: AddCommand = (program, { act, env, stdout, stderr, typed }) => {
  addSearchOptions(addTrafficOptions(program.command('prove'), env))
    .description(
      'measure, plan, and run the planned policy on the twin over a part of the trace: predicted beside measured',
    )
    .option(
      '--slo <objective>',
      'what must hold where the capacity is measured first: a latency, and the share of requests that may fail',
      'p99=50ms,errors=0.1%',
    )
    .option('--plan <file>', 'a plan.json of tideline plan, instead of planning')
    .addOption(
      choiceOption('--policy <which>', 'the policy to run', ['recommended', 'current']).default(
        'recommended',
      ),
    )
    .option(
      '--minutes <n>',
      'cloud minutes of the part that is run (default: 60, up to 240 where that takes a scale-out and a scale-in)',
      number({ from: 5, to: 2880 }),
    )
    .option('--speed <n>', 'cloud seconds per second', number({ above: 0, to: highestSpeed }), 60)
    .option(
      '--peak <rate>',
      'highest requests per second to drive; above it rates, targets and capacity are scaled down alike',
      number({ from: 1, to: 50_000 }),
      defaultPeak,
    )
    .option('--out <folder>', 'where prove.json, prove.html and the run record go', 'reports/prove')
    .option('--json', 'print the document on standard output, and nothing else there', false)
    .addHelpText('after', examples(typed('prove')))
    .action(
      act(async (options: ProveCommandOptions) => {
        const interruption = new Interruption(process, {
          signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
          onLater: () => process.exit(exitCodes.interrupted),
          endsWithParent: true,
        });
        try {
          const { runProve } = await import('./run-prove.ts');
          const { text, agrees } = await runProve(options, {
            variables: env,
            color: stdout.isTTY === true && env.NO_COLOR === undefined,
            signal: interruption.signal,
            onProgress: (line) => stderr.write(`${line}\n`),
          });
          stdout.write(text);
          return agrees ? exitCodes.done : exitCodes.failed;
        } finally {
          interruption.dispose();
        }
      }),
    );
};

const examples = (prove: string): string => `
Without --capacity one unit is measured first, which takes minutes.

Examples:
  ${prove} --trace requests.csv --capacity capacity.json
  ${prove} --trace requests.csv --capacity capacity.json --plan reports/plan/plan.json --minutes 120
  ${prove} --trace on-off:days=2 --capacity 60 --policy current --speed 30

Exit codes: 0 prediction and twin agree, 1 they do not, or something did not run, 2 wrong options, trace or configuration, 3 a file or standard output took not all of it, 130 interrupted.`;
