import { loadProfileNames, presetNames } from '@tideline/config';
import { Command, Option } from 'commander';
import { type Fault, faults } from '../release-run/faults.ts';
import { collect, parsePort, parseRate, parseSpeed } from './option-values.ts';

/** Options that `up` and `run` share. */
export interface TwinCommandOptions {
  readonly preset: string;
  readonly config?: string;
  readonly set: readonly string[];
  readonly speed: number;
  readonly port: number;
  readonly controlPort: number;
  readonly json: boolean;
}

export interface RunCommandOptions extends TwinCommandOptions {
  readonly profile?: string;
  readonly idleSpeed: number;
  readonly out: string;
}

export interface ReleaseCommandOptions extends TwinCommandOptions {
  readonly shift?: string;
  readonly fault: Fault;
  readonly rate: number;
  readonly path: string;
  readonly out: string;
}

export interface BalancerCommandOptions {
  readonly port: number;
  readonly target: readonly string[];
}

/** What each command does, with its exit code; injected so that the command line can be tested without starting anything. */
export interface Actions {
  readonly up: (options: TwinCommandOptions) => Promise<number>;
  readonly run: (options: RunCommandOptions) => Promise<number>;
  readonly release: (options: ReleaseCommandOptions) => Promise<number>;
  readonly balancer: (options: BalancerCommandOptions) => Promise<number>;
}

/** The command line, ready to be run. */
export interface Program {
  /** @param argv as `process.argv` has it. @returns the exit code. @throws CommanderError after a mistake, help or version */
  run(argv: readonly string[]): Promise<number>;
}

/** Exit code of a mistake in the command line or the configuration. */
export const usageExitCode = 2;

/** The twin’s command line. */
export function createProgram(actions: Actions): Program {
  let exitCode = 0;
  const act =
    <Options>(action: (options: Options) => Promise<number>) =>
    async (options: Options): Promise<void> => {
      exitCode = await action(options);
    };
  const program = new Command('twin')
    .description(
      'Runs a Tideline environment on this machine: real processes behind a real balancer, scaled as AWS would scale them.',
    )
    .showHelpAfterError('(add --help for the options)')
    .configureHelp({ showGlobalOptions: true });

  withSharedOptions(program.command('up'), { speed: 1 })
    .description('start the environment and keep it until Ctrl-C')
    .addHelpText('after', upExamples)
    .action(act(actions.up));

  withSharedOptions(program.command('run'), { speed: 20 })
    .description(
      'start the environment, drive load at it, wait for scale-in, judge what happened and write the run record',
    )
    .option(
      '--profile <name|file>',
      `load profile: ${loadProfileNames.join(', ')}, or a JSON file (default: the preset’s)`,
    )
    .addOption(
      new Option('--idle-speed <n>', 'speed of cloud time once the load has ended')
        .argParser(parseSpeed)
        .default(120),
    )
    .option('--out <folder>', 'where run records go', 'reports')
    .addHelpText('after', runExamples)
    .action(act(actions.run));

  withSharedOptions(program.command('release'), { speed: 60, preset: 'blue-green' })
    .description(
      'start the environment, release the next version blue/green under a steady load, and judge what clients got',
    )
    .addOption(
      new Option('--shift <kind>', 'how the traffic moves (default: the preset’s)').choices([
        'all-at-once',
        'canary',
        'linear',
      ]),
    )
    .addOption(
      new Option('--fault <what>', 'what the new version does wrong').choices(faults).default('none'),
    )
    .addOption(new Option('--rate <n>', 'requests per second').argParser(parseRate).default(100))
    .option('--path <path>', 'what clients ask for, below the base path', '/host')
    .option('--out <folder>', 'where records go', 'reports')
    .addHelpText('after', releaseExamples)
    .action(act(actions.release));

  program
    .command('balancer')
    .description('run the balancer alone, in front of targets that already listen')
    .requiredOption('--target <url>', 'a target, such as http://127.0.0.1:3000; repeat for more', collect)
    .addOption(
      new Option('--port <n>', 'port to listen on; 0 picks a free one').argParser(parsePort).default(0),
    )
    .action(act(actions.balancer));

  for (const command of [program, ...program.commands]) command.exitOverride();
  return {
    run: async (argv) => {
      await program.parseAsync(argv);
      return exitCode;
    },
  };
}

const withSharedOptions = (
  command: Command,
  defaults: { readonly speed: number; readonly preset?: string },
): Command =>
  command
    .option(
      '--preset <name>',
      `environment to run: ${presetNames.join(', ')}`,
      defaults.preset ?? 'load-driven',
    )
    .option('--config <file>', 'JSON, JavaScript or TypeScript file that changes the preset')
    .option('--set <key=value>', 'change one setting, such as capacity.max=8; repeat for more', collect, [])
    .addOption(
      new Option('--speed <n>', 'cloud seconds per second').argParser(parseSpeed).default(defaults.speed),
    )
    .addOption(
      new Option('--port <n>', 'port of the balancer; 0 picks a free one').argParser(parsePort).default(0),
    )
    .addOption(
      new Option('--control-port <n>', 'port of the control API; 0 picks a free one')
        .argParser(parsePort)
        .default(0),
    )
    .option('--json', 'machine-readable output on stdout, nothing else there', false);

const upExamples = `
Examples:
  npm run twin -- up --preset load-driven --speed 20
  curl -X POST CONTROL/deployments -H 'content-type: application/json' -d '{"version":"2"}'
  curl -X DELETE CONTROL/tasks/TASK_ID
  npm run twin -- up --preset stateless-asg --speed 20
  curl -X POST CONTROL/instances/INSTANCE_ID/kill
  curl -X POST CONTROL/instance-refreshes -H 'content-type: application/json' -d '{"version":"2"}'
  curl -X DELETE CONTROL/session-store`;

const releaseExamples = `
Examples:
  npm run twin -- release --shift canary
  npm run twin -- release --shift linear --set release.shift.percent=20
  npm run twin -- release --fault errors-10
  npm run twin -- release --fault never-healthy --set release.healthyWithinMinutes=5

Exit codes: 0 the release did what was expected of it, 1 it did not, 2 wrong options or configuration, 130 interrupted.`;

const runExamples = `
Examples:
  npm run twin -- run --preset load-driven --speed 1 --idle-speed 120
  npm run twin -- run --preset fargate-alb --profile steady --speed 30
  npm run twin -- run --preset stateless-asg
  npm run twin -- run --set capacity.max=8 --json

Exit codes: 0 the verdict passed, 1 it did not, 2 wrong options or configuration, 130 interrupted.`;
