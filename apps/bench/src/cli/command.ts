import { Command, InvalidArgumentError, Option } from 'commander';
import { type BenchName, benchNames } from '../bench-name.ts';

/** The command line as typed, each value of the right type and range. */
export interface BenchOptions {
  /** What to measure, each once. */
  readonly only: readonly BenchName[];
  readonly quick: boolean;
  readonly check: boolean;
  readonly json: boolean;
  readonly out: string;
}

/** The command line’s grammar. Parsing throws CommanderError; it never exits. */
export const createCommand = (): Command =>
  new Command('bench')
    .description(
      'Measures what this project promises, as ratios against programs that run on the same machine at the same time.\n' +
        'Prints a table, and writes bench.json into the folder of the latest run.\n\n' +
        'Exit codes: 0 measured, 1 something could not be measured or (with --check) is below its target, 2 wrong usage, 130 interrupted.',
    )
    .addOption(
      new Option('--only <names>', `measure only these, separated by commas: ${benchNames.join(', ')}`)
        .argParser(readNames)
        .default(benchNames, 'all'),
    )
    .option('--quick', 'fewer and shorter rounds: a first look, not a figure to quote', false)
    .option('--check', 'exit 1 when a figure is below its target', false)
    .option('--out <dir>', 'folder that holds run folders, and the link `latest`', 'reports')
    .option('--json', 'print the report as JSON on standard output instead of the table', false)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined });

function readNames(text: string): readonly BenchName[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const allowed = `Allowed, separated by commas: ${benchNames.join(', ')}.`;
  if (names.length === 0) throw new InvalidArgumentError(`Got no name. ${allowed}`);
  const unknown = names.filter((name) => !isBenchName(name));
  if (unknown.length > 0) throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}. ${allowed}`);
  return benchNames.filter((name) => names.includes(name));
}

const isBenchName = (name: string): name is BenchName => (benchNames as readonly string[]).includes(name);
