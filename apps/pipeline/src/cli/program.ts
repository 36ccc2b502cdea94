import { type Program, addDescriptionOptions, exitCodes, httpUrl, wholeNumber } from '@tideline/process';
import { type Command, Option } from 'commander';
import { PipelineError } from '../pipeline-error.ts';
import { type CommandName, type CommandOptions, optionDefaults } from './command-options.ts';
import { steadyDeadlineText } from './steady-deadline.ts';

/** Does what was asked. @returns the exit code */
export type Act = (command: CommandName, options: CommandOptions) => Promise<number>;

/** How it is called, and the script that starts it. */
export const pipelineCommand = { name: 'pipeline', scripts: ['pipeline'] } as const;

/** The command line of `npm run pipeline`. */
export const pipelineProgram = (run: Act): Program => ({
  ...pipelineCommand,
  description:
    'Builds an environment in an AWS account, keeps it up to date, and takes it down.\n' +
    'Every step can be run again: what is done is not done twice.',
  interrupted: 'interrupted before the first step; nothing was changed',
  exitCodeOf: (error) => {
    if (!(error instanceof PipelineError)) return undefined;
    return error.kind === 'failed' ? exitCodes.failed : exitCodes.usage;
  },
  define: (program, { act, env }) => {
    program.addHelpText('after', afterHelp);
    const add = (name: CommandName, description: string): Command => {
      const command = addDescriptionOptions(program.command(name).description(description), {
        variables: env,
      });
      return withOutput(command).action(
        act(({ first = false, ...options }: CommandOptions & { readonly first?: boolean }) =>
          run(first ? 'init' : name, options),
        ),
      );
    };
    steps(add('bootstrap', 'once per environment: state bucket, lock table and GitHub’s deploy role'));
    rollout(
      steps(
        add('init', 'network, registry, image (only when no service exists), service, scaling, dashboard'),
      ),
    );
    rollout(steps(add('deploy', 'bring a running service up to date: builds and changes only what differs')))
      .addOption(
        new Option(
          '--first',
          'the first deployment, as init does it: everything that the service needs, and the service',
        ).conflicts('whereDeployed'),
      )
      .option('--where-deployed', 'end well, with a notice, where there is no service', false);
    steps(add('destroy', 'take the environment down, last stack first, images included; the state stays'))
      .option(
        '--environment-name <name>',
        'the environment’s name, <project>-<stage>; asked for when not given',
      )
      .option('--with-state', 'the state bucket and its lock table too', false);
    steps(add('plan', 'what deploy would change in each stack; changes nothing'));
    add('status', 'what exists, what runs, how it is, and what scaling did last');
    smoke(steps(add('smoke', 'ask the service /health and /host until both answer')));
    const load = program
      .command('load')
      .description(
        'drive load from one task inside AWS, follow it, fetch its report; the verdict is the exit code',
      );
    addDescriptionOptions(load, { variables: env })
      .option('--profile <name|file>', 'load profile (default: load.profile of the description)')
      .addOption(urlOption())
      .option(
        '--deadline <seconds>',
        'time for the whole run, which is stopped then',
        longSeconds,
        optionDefaults.deadline,
      )
      .option('--out <dir>', 'folder that the run’s folder is made in', 'reports')
      .option('--json', 'print one JSON document on standard output, and nothing else there', false)
      .option('--summary [file]', 'append the report in Markdown to a file (default: $GITHUB_STEP_SUMMARY)')
      .action(act((options: Omit<CommandOptions, 'verbose'>) => run('load', { ...options, verbose: false })));
  },
});

const withOutput = (command: Command): Command =>
  command
    .option('--convert-preset', 'convert an environment that was made from another preset to this one', false)
    .option('--json', 'print one JSON document on standard output, and nothing else there', false)
    .option('--verbose', 'pass on every line of every tool', false)
    .addOption(
      new Option('--out <dir>', 'folder that the stacks are synthesised into')
        .env('CDKTF_OUTDIR')
        .default(optionDefaults.out),
    );

const seconds = wholeNumber({ from: 1, to: 7200, of: 'seconds' });
const longSeconds = wholeNumber({ from: 1, to: 86_400, of: 'seconds' });

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
      .option(
        '--built-images [file]',
        'append what was built to a file, as <app>-name and <app>-digest (default: $GITHUB_OUTPUT)',
      )
      .option('--base-image <image>', 'base image of the Dockerfiles (BASE_IMAGE)')
      .option(
        '--steady-deadline <seconds>',
        `time for the service to become steady (default: ${steadyDeadlineText})`,
        seconds,
      ),
  );

const smoke = (command: Command): Command =>
  command
    .addOption(urlOption().env('SMOKE_URL'))
    .option(
      '--smoke-deadline <seconds>',
      'time for the service to answer',
      seconds,
      optionDefaults.smokeDeadline,
    );

const urlOption = (): Option =>
  new Option('--url <url>', 'where the service answers, instead of the balancer or the HTTP API').argParser(
    httpUrl,
  );

const afterHelp = `
Reads AWS_ACCOUNT_ID (required) and the credentials that the AWS SDK finds.
Exit codes: 0 done, 1 failed (the step to resume at is named), 2 refused before anything was changed, 3 a file could not be written, 130 interrupted.
docs/tutorials/deploy-to-aws.md leads from zero to a running service, and back.`;
