import { Interruption, exitCodes } from '@tideline/process';
import type { AddCommand } from '../cli/program.ts';
import { type TrafficOptions, addTrafficOptions } from '../shared/traffic-options.ts';
import { type SearchOptions, addSearchOptions } from './search-options.ts';

export interface PlanCommandOptions extends TrafficOptions, SearchOptions {
  readonly out?: string;
  readonly write?: string | true;
  readonly json: boolean;
}

/** `plan`: finds the policy for a trace. */
export const addPlanCommand: AddCommand = (program, { act, env, stdout, stderr, typed }) => {
  addSearchOptions(addTrafficOptions(program.command('plan'), env))
    .description(
      'search scaling policies for a trace: fits them on its first part, and judges them on the rest beside the policies of now',
    )
    .option('--out <folder>', 'also write plan.json and plan.html there')
    .option(
      '--write [file]',
      'put the recommended settings into the description: --config, else tideline.config.* (JSON or YAML), or another file',
    )
    .option('--json', 'print the plan on standard output, and nothing else there', false)
    .addHelpText('after', examples(typed('plan')))
    .action(
      act(async (options: PlanCommandOptions) => {
        const interruption = new Interruption(process, {
          signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
          onLater: () => process.exit(exitCodes.interrupted),
          endsWithParent: true,
        });
        try {
          const { runPlan } = await import('./run-plan.ts');
          stdout.write(
            await runPlan(options, {
              variables: env,
              color: stdout.isTTY === true && env.NO_COLOR === undefined,
              signal: interruption.signal,
              onProgress: (line) => stderr.write(`${line}\n`),
            }),
          );
          return exitCodes.done;
        } finally {
          interruption.dispose();
        }
      }),
    );
};

const examples = (plan: string): string => `
Without --max-short and --budget the plan recommends what clearly costs less with no more requests above
capacity, else what halves the time with too few units for hardly more, else what there is.

Examples:
  ${plan} --trace requests.csv --capacity capacity.json
  ${plan} --trace 'logs/*.gz' --scale 2 --capacity 40 --max-short 0.1%
  ${plan} --trace weekly --capacity 25 --budget 60 --out reports/plan
  ${plan} --trace requests.csv --capacity capacity.json --write

Exit codes: 0 planned, 2 wrong options, trace or configuration, 3 a file or standard output took not all of it, 130 interrupted.`;
