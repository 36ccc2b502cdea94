import { settingsProfileNames } from '@tideline/config';
import { defaultHoursPerDay } from '@tideline/cost';
import { type Program, addDescriptionOptions, collect, exitCodes, number } from '@tideline/process';
import { type CostOptions, runCost } from './run-cost.ts';

export const costProgram: Program = {
  name: 'cost',
  description:
    'Estimates what an environment costs on AWS in a month: resource by resource, at minimum, on a typical day and at maximum; and what scaling saves.',
  scripts: ['cost'],
  define: (command, { act, env, stdout, typed }) => {
    addDescriptionOptions(command, { variables: env })
      .option(
        '--requests-per-second <n>',
        'rate of a typical day (default: the busiest of the load profile)',
        number({ from: 0, to: 1_000_000 }),
      )
      .option(
        '--hours <n>',
        `hours a day with load, 0 to 24 (default: ${defaultHoursPerDay})`,
        number({ from: 0, to: 24 }),
      )
      .option(
        '--assume <name=value>',
        'change one assumption, such as answerBytes=2000; repeat for more',
        collect,
        [],
      )
      .option(
        '--beside <profile>',
        `add what a settings profile makes of it: ${settingsProfileNames.join(', ')}`,
      )
      .option('--prices <file>', 'JSON file with unit prices that replace those of the built-in table')
      .option(
        '--list-prices',
        'print the table of unit prices and nothing else; with --json as --prices takes it',
        false,
      )
      .option('--explain', 'add how each quantity came about', false)
      .option('--json', 'print everything as JSON instead', false)
      .addHelpText('after', examples(typed()))
      .action(
        act(async (options: CostOptions) => {
          const color = stdout.isTTY === true && env.NO_COLOR === undefined;
          stdout.write(await runCost(options, { variables: env, color }));
          return exitCodes.done;
        }),
      );
  },
};

const examples = (cost: string): string => `
Examples:
  ${cost} --preset stateless-asg
  ${cost} --preset load-driven --requests-per-second 200 --hours 12 --explain
  ${cost} --preset load-driven --beside production
  ${cost} --preset fargate-alb --set capacity.max=12 --assume answerBytes=20000
  ${cost.replace('npm run', 'npm run --silent')} --list-prices --json > prices.json
  ${cost} --prices prices.json

Exit codes: 0 estimated, 2 wrong options, configuration or prices, 3 standard output took not all of it, 130 interrupted.`;
