import { type Program, addDescriptionOptions, exitCodes } from '@tideline/process';
import { type Command, Option } from 'commander';
import { PipelineError } from '../pipeline-error.ts';
import type { CommandName, CommandOptions } from './command-options.ts';
import { withLoad, withOutput, withRollout, withSmoke, withSteps } from './program-options.ts';

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
    withSteps(add('bootstrap', 'once per environment: state bucket, lock table and GitHub’s deploy role'));
    withRollout(
      withSteps(
        add('init', 'network, registry, image (only when no service exists), service, scaling, dashboard'),
      ),
    );
    withRollout(
      withSteps(add('deploy', 'bring a running service up to date: builds and changes only what differs')),
    )
      .addOption(
        new Option(
          '--first',
          'the first deployment, as init does it: everything that the service needs, and the service',
        ).conflicts('whereDeployed'),
      )
      .option('--where-deployed', 'end well, with a notice, where there is no service', false);
    withSteps(add('destroy', 'take the environment down, last stack first, images included; the state stays'))
      .option(
        '--environment-name <name>',
        'the environment’s name, <project>-<stage>; asked for when not given',
      )
      .option('--with-state', 'the state bucket and its lock table too', false);
    withSteps(add('plan', 'what deploy would change in each stack; changes nothing'));
    add('status', 'what exists, what runs, how it is, and what scaling did last');
    withSmoke(withSteps(add('smoke', 'ask the service /health and /host until both answer')));
    const load = program
      .command('load')
      .description(
        'drive load from one task inside AWS, follow it, fetch its report; the verdict is the exit code',
      );
    withLoad(addDescriptionOptions(load, { variables: env })).action(
      act((options: Omit<CommandOptions, 'verbose'>) => run('load', { ...options, verbose: false })),
    );
  },
});

const afterHelp = `
Reads AWS_ACCOUNT_ID (required) and the credentials that the AWS SDK finds.
Exit codes: 0 done, 1 failed (the step to resume at is named), 2 refused before anything was changed, 3 a file could not be written, 130 interrupted.
docs/tutorials/deploy-to-aws.md leads from zero to a running service, and back.`;
