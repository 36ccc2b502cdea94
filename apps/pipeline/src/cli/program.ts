import { presetNames } from '@tideline/config';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type CommandName, type CommandOptions, optionDefaults } from './command-options.ts';
import { steadyDeadlineText } from './steady-deadline.ts';

/** Does what was asked. */
export type Act = (command: CommandName, options: CommandOptions) => Promise<void>;

/** The command line’s grammar. Parsing throws CommanderError; it never exits. */
export function createProgram(act: Act): Command {
  const program = new Command('pipeline')
    .description(
      'Builds an environment in an AWS account, keeps it up to date, and takes it down.\n' +
        'Every step can be run again: what is done is not done twice.',
    )
    .addHelpText('after', afterHelp)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  const add = (name: CommandName, description: string): Command => {
    const command = shared(program.command(name).description(description));
    command.allowExcessArguments(false).action((options: CommandOptions) => act(name, cleaned(options)));
    return command;
  };
  steps(add('bootstrap', 'once per environment: state bucket, lock table and GitHub’s deploy role'));
  rollout(
    steps(add('init', 'network, registry, image (only when no service exists), service, scaling, dashboard')),
  );
  rollout(steps(add('deploy', 'bring a running service up to date: builds and changes only what differs')));
  steps(add('destroy', 'take the environment down, last stack first, images included; the state stays'))
    .option(
      '--environment-name <name>',
      'the environment’s name, <project>-<stage>; asked for when not given',
    )
    .option('--with-state', 'the state bucket and its lock table too', false);
  steps(add('plan', 'what deploy would change in each stack; changes nothing'));
  add('status', 'what exists, what runs, how it is, and what scaling did last');
  smoke(steps(add('smoke', 'ask the service /health and /host until both answer')));
  return program;
}

/** GitHub gives a variable that nobody has set as an empty one. */
function cleaned({ config, ...options }: CommandOptions): CommandOptions {
  return config === undefined || config === '' ? options : { ...options, config };
}

const shared = (command: Command): Command =>
  command
    .addOption(
      new Option('--preset <name>', 'description to start from').choices(presetNames).default('load-driven'),
    )
    .addOption(
      new Option('--config <file>', 'JSON, JavaScript or TypeScript file laid over the preset').env(
        'TIDELINE_CONFIG',
      ),
    )
    .option('--set <path=value>', 'one setting; may be repeated', collect, [])
    .option('--json', 'print one JSON document on standard output, and nothing else there', false)
    .option('--verbose', 'pass on every line of every tool', false)
    .addOption(
      new Option('--out <dir>', 'folder that the stacks are synthesised into')
        .env('CDKTF_OUTDIR')
        .default(optionDefaults.out),
    );

const steps = (command: Command): Command =>
  command
    .option('--from <step>', 'begin with this step')
    .option('--to <step>', 'end after this step')
    .option('--dry-run', 'print the plan of steps, and do nothing', false)
    .option(
      '--summary [file]',
      'append a Markdown table of the steps to a file (default: $GITHUB_STEP_SUMMARY)',
    );

const rollout = (command: Command): Command =>
  smoke(
    command
      .option('--base <commit>', 'commit to compare with, instead of the one deployed last')
      .option('--base-image <image>', 'base image of the Dockerfiles (BASE_IMAGE)')
      .option(
        '--steady-deadline <seconds>',
        `time for the service to become steady (default: ${steadyDeadlineText})`,
        seconds,
      ),
  );

const smoke = (command: Command): Command =>
  command
    .addOption(
      new Option('--url <url>', 'where the service answers, instead of the balancer or the HTTP API')
        .env('SMOKE_URL')
        .argParser(url),
    )
    .option(
      '--smoke-deadline <seconds>',
      'time for the service to answer',
      seconds,
      optionDefaults.smokeDeadline,
    );

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= 7200) return value;
  throw new InvalidArgumentError(`Got "${text}"; allowed is a whole number of seconds from 1 to 7200.`);
}

function url(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed !== null && ['http:', 'https:'].includes(parsed.protocol)) return text;
  throw new InvalidArgumentError(`Got "${text}"; allowed is an http or https URL.`);
}

const afterHelp = `
Reads AWS_ACCOUNT_ID (required) and the credentials that the AWS SDK finds.
Exit codes: 0 done, 1 failed (the step to resume at is named), 2 refused before anything was changed, 130 interrupted.
docs/tutorials/deploy-to-aws.md leads from zero to a running service, and back.`;
