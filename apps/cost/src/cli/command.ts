import { presetNames } from '@tideline/config';
import { defaultHoursPerDay } from '@tideline/cost';
import { Command, InvalidArgumentError, Option } from 'commander';

/** The command line as typed, each value of the right type and range. */
export interface CostOptions {
  readonly preset: string;
  readonly config?: string;
  readonly set: readonly string[];
  readonly requestsPerSecond?: number;
  readonly hours?: number;
  readonly assume: readonly string[];
  readonly prices?: string;
  readonly listPrices: boolean;
  readonly explain: boolean;
  readonly json: boolean;
}

/** The command line’s grammar. Parsing throws CommanderError; it never exits. */
export const createCommand = (): Command =>
  new Command('cost')
    .description(
      'Estimates what an environment costs on AWS in a month: resource by resource, at minimum, on a typical day and at maximum; and what scaling saves.',
    )
    .option('--preset <name>', `environment to price: ${presetNames.join(', ')}`, 'load-driven')
    .option('--config <file>', 'JSON, JavaScript or TypeScript file that changes the preset')
    .option('--set <key=value>', 'change one setting, such as capacity.max=8; repeat for more', collect, [])
    .addOption(
      new Option(
        '--requests-per-second <n>',
        'rate of a typical day (default: the busiest of the load profile)',
      ).argParser(number({ least: 0, most: 1_000_000 })),
    )
    .addOption(
      new Option('--hours <n>', `hours a day with load, 0 to 24 (default: ${defaultHoursPerDay})`).argParser(
        number({ least: 0, most: 24 }),
      ),
    )
    .option(
      '--assume <name=value>',
      'change one assumption, such as answerBytes=2000; repeat for more',
      collect,
      [],
    )
    .option('--prices <file>', 'JSON file with unit prices that replace those of the built-in table')
    .option(
      '--list-prices',
      'print the table of unit prices and nothing else; with --json as --prices takes it',
      false,
    )
    .option('--explain', 'add how each quantity came about', false)
    .option('--json', 'print everything as JSON instead', false)
    .addHelpText('after', examples)
    .allowExcessArguments(false)
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const number =
  ({ least, most }: { readonly least: number; readonly most: number }) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Allowed: a number from ${least} to ${most}.`);
  };

const examples = `
Examples:
  npm run cost -- --preset stateless-asg
  npm run cost -- --preset load-driven --requests-per-second 200 --hours 12 --explain
  npm run cost -- --preset fargate-alb --set capacity.max=12 --assume answerBytes=20000
  npm run --silent cost -- --list-prices --json > prices.json
  npm run cost -- --prices prices.json

Exit codes: 0 estimated, 2 wrong options, configuration or prices.`;
