import { exitCodes, wholeNumber } from '@tideline/process';
import type { AddCommand } from '../cli/program.ts';
import { type TrafficOptions, addTrafficOptions } from '../shared/traffic-options.ts';

export interface SimulateOptions extends TrafficOptions {
  readonly decisions: number;
  readonly out?: string;
  readonly json: boolean;
}

/** `simulate`: one description over one trace, in virtual time. */
export const addSimulateCommand: AddCommand = (program, { act, env, stdout, typed }) => {
  addTrafficOptions(program.command('simulate'), env)
    .description('run the description over a trace in virtual time: timeline, decisions, elasticity, cost')
    .option('--decisions <n>', 'decisions to show', wholeNumber({ from: 0, to: 100_000 }), 20)
    .option('--out <file>', 'also write the JSON document there')
    .option('--json', 'print the document on standard output, and nothing else there', false)
    .addHelpText('after', examples(typed('simulate')))
    .action(
      act(async (options: SimulateOptions) => {
        const { runSimulate } = await import('./run-simulate.ts');
        const color = stdout.isTTY === true && env.NO_COLOR === undefined;
        stdout.write(await runSimulate(options, { variables: env, color }));
        return exitCodes.done;
      }),
    );
};

const examples = (simulate: string): string => `
Examples:
  ${simulate} --trace weekly --capacity 50
  ${simulate} --trace requests.csv --capacity capacity.json --set capacity.max=12
  ${simulate} --trace 'logs/*.gz' --scale 2 --json

Exit codes: 0 simulated, 2 wrong options, trace or configuration, 3 a file or standard output took not all of it, 130 interrupted.`;
