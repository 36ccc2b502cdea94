import { loadProfileNames } from '@tideline/config';
import { highestSpeed } from '@tideline/evidence';
import { type ReplayCommandOptions, addReplayOptions } from '@tideline/planner';
import {
  type DescriptionOptions,
  type ExportFiles,
  type Program,
  type Variables,
  addDescriptionOptions,
  choiceOption,
  collect,
  exitCodes,
  exportOption,
  httpUrl,
  number,
  port,
} from '@tideline/process';
import {
  type ReleaseExportForm,
  type RunExportForm,
  releaseExportForms,
  runExportForms,
} from '@tideline/report';
import type { Command } from 'commander';
import { ListenError } from '../balancer/listen-error.ts';
import { type Fault, faults } from '../release-run/faults.ts';
import { ReleaseNoteError } from '../release/release-journal.ts';
import { ServiceStalledError } from '../service-stalled-error.ts';
import { MissingBundleError } from './bundles.ts';

/** Options that `up` and `run` share. */
interface TwinCommandOptions extends DescriptionOptions {
  readonly speed: number;
  readonly port: number;
  readonly controlPort: number;
  readonly json: boolean;
}

export interface UpCommandOptions extends TwinCommandOptions {
  readonly logs: boolean;
  readonly watch: boolean;
  readonly traces?: string;
}

export interface RunCommandOptions extends TwinCommandOptions, ReplayCommandOptions {
  readonly logs: boolean;
  readonly traces?: string;
  readonly profile?: string;
  readonly idleSpeed: number;
  readonly capacity?: string;
  readonly export?: ExportFiles<RunExportForm>;
  readonly out: string;
}

export interface ReleaseCommandOptions extends TwinCommandOptions {
  readonly export?: ExportFiles<ReleaseExportForm>;
  readonly shift?: string;
  readonly fault: Fault;
  readonly rate: number;
  /** @default /host of the backend that is shipped here, the health check’s path of another program */
  readonly path?: string;
  readonly out: string;
}

export interface BalancerCommandOptions {
  readonly port: number;
  readonly target: readonly string[];
}

/** What each command does, with its exit code; injected so that the command line can be tested without starting anything. */
export interface Actions {
  readonly up: (options: UpCommandOptions) => Promise<number>;
  readonly run: (options: RunCommandOptions) => Promise<number>;
  readonly release: (options: ReleaseCommandOptions) => Promise<number>;
  readonly balancer: (options: BalancerCommandOptions) => Promise<number>;
}

/** The twin’s command line. `npm run demo` is its `run`. */
export const twinProgram = (actions: Actions): Program => ({
  name: 'twin',
  description:
    'Runs a Tideline environment on this machine: real processes behind a real balancer, scaled as AWS would scale them.',
  scripts: ['twin', 'demo'],
  exitCodeOf,
  define: (program, { act, env: variables, typed }) => {
    withSharedOptions(program.command('up'), { variables, speed: 1 })
      .description('start the environment and keep it until Ctrl-C')
      .option('--logs', logsMeaning, false)
      .option(tracesOption, tracesMeaning, tracesTarget)
      .option('--watch', 'deploy your program again whenever you save one of its files', false)
      .addHelpText('after', upExamples(typed('up')))
      .action(act(actions.up));

    addReplayOptions(withSharedOptions(program.command('run'), { variables, speed: 20 }))
      .description(
        'start the environment, drive load at it, wait for scale-in, judge what happened and write the run record',
      )
      .option(
        '--profile <name|file>',
        `load profile: ${loadProfileNames.join(', ')}, or a JSON file (default: the preset’s)`,
      )
      .option('--logs', logsMeaning, false)
      .option(tracesOption, tracesMeaning, tracesTarget)
      .option('--idle-speed <n>', 'speed of cloud time once the load has ended', speed, 120)
      .option(
        '--capacity <file|n>',
        'requests per second that one task or instance carries, or the capacity.json that holds it: elasticity is worked out with it',
      )
      .option('--out <folder>', 'where run records go', 'reports')
      .addOption(exportOption(runExportForms))
      .addHelpText('after', runExamples(typed('run')))
      .action(act(actions.run));

    withSharedOptions(program.command('release'), { variables, speed: 60, preset: 'blue-green' })
      .description(
        'start the environment, release the next version blue/green under a steady load, and judge what clients got',
      )
      .addOption(choiceOption('--shift <kind>', 'how the traffic moves (default: the preset’s)', shiftKinds))
      .addOption(choiceOption('--fault <what>', 'what the new version does wrong', faults).default('none'))
      .option('--rate <n>', 'requests per second', number({ above: 0, to: 2000 }), 100)
      .option(
        '--path <path>',
        'what clients ask for, below the base path (default: /host, or healthCheck.path of your own program)',
      )
      .option('--out <folder>', 'where records go', 'reports')
      .addOption(exportOption(releaseExportForms))
      .addHelpText('after', releaseExamples(typed('release')))
      .action(act(actions.release));

    program
      .command('balancer')
      .description('run the balancer alone, in front of targets that already listen')
      .requiredOption('--target <url>', 'a target, such as http://127.0.0.1:3000; repeat for more', collect)
      .option('--port <n>', 'port to listen on; 0 picks a free one', port, 0)
      .action(act(actions.balancer));
  },
});

const logsMeaning = 'show what tasks print, each line with the id of its task';

const tracesOption = '--traces <print|file|url>';
const tracesMeaning =
  'trace requests: print the spans, add them to a file as OTLP JSON, or send them to a collector such as http://127.0.0.1:4318';

/** A word with a scheme is a collector’s address, and must be one that can be used. */
const tracesTarget = (text: string): string =>
  /^\w+:\/\//.test(text) ? httpUrl(text).replace(/\/$/, '') : text;

const shiftKinds = ['all-at-once', 'canary', 'linear'];

/** Cloud seconds per wall second. */
const speed = number({ above: 0, to: highestSpeed, remark: '1 is real time' });

const withSharedOptions = (
  command: Command,
  defaults: { readonly variables: Variables; readonly speed: number; readonly preset?: string },
): Command =>
  addDescriptionOptions(command, defaults)
    .option('--speed <n>', 'cloud seconds per second', speed, defaults.speed)
    .option('--port <n>', 'port of the balancer; 0 picks a free one', port, 0)
    .option('--control-port <n>', 'port of the control API; 0 picks a free one', port, 0)
    .option('--json', 'machine-readable output on stdout, nothing else there', false);

/** The user can do something about the first three; a service that cannot start is what the environment came to. */
function exitCodeOf(error: unknown): number | undefined {
  const mistakes = [ListenError, MissingBundleError, ReleaseNoteError];
  if (mistakes.some((mistake) => error instanceof mistake)) return exitCodes.usage;
  return error instanceof ServiceStalledError ? exitCodes.failed : undefined;
}

const upExamples = (up: string): string => `
Examples:
  ${up} --preset load-driven --speed 20
  curl -X POST CONTROL/deployments -H 'content-type: application/json' -d '{"version":"2"}'
  curl -X DELETE CONTROL/tasks/TASK_ID
  ${up} --set local.command='node server.js' --watch --logs
  ${up} --preset stateless-asg --speed 20
  curl -X POST CONTROL/instances/INSTANCE_ID/kill
  curl -X POST CONTROL/instance-refreshes -H 'content-type: application/json' -d '{"version":"2"}'
  curl -X DELETE CONTROL/session-store

Exit codes: 0 ended by Ctrl-C or a signal, 1 the service did not start, 2 wrong options or configuration, 3 a file could not be written, 130 interrupted before it was up, or a second time.`;

const releaseExamples = (release: string): string => `
Examples:
  ${release} --shift canary
  ${release} --shift linear --set release.shift.percent=20
  ${release} --fault errors-10
  ${release} --fault never-healthy --set release.healthyWithinMinutes=5

Exit codes: 0 the release did what was expected of it, 1 it did not, 2 wrong options or configuration, 3 the record could not be written, 130 interrupted.`;

const runExamples = (run: string): string => `
Examples:
  ${run} --preset load-driven --speed 1 --idle-speed 120
  ${run} --preset fargate-alb --profile steady --speed 30
  ${run} --preset stateless-asg
  ${run} --set capacity.max=8 --json
  ${run} --trace requests.csv --scale 10 --trace-from +30h --trace-to +34h --speed 60

Exit codes: 0 the verdict passed, 1 it did not, 2 wrong options or configuration, 3 the record could not be written, 130 interrupted.`;
