import { highestSpeed } from '@tideline/evidence';
import { addReplayOptions } from '@tideline/planner';
import {
  Interruption,
  type Program,
  addDescriptionOptions,
  exportOption,
  exitCodes,
  number,
  wholeNumber,
} from '@tideline/process';
import { runExportForms } from '@tideline/report';
import { ObserverError } from '../observe/scaling-observer.ts';
import type { LoadOptions } from './options.ts';
import { runOnce } from './run-once.ts';

/** The command line of `npm run load`. @param source the process that it runs in */
export const loadProgram = (source: NodeJS.Process): Program => ({
  name: 'load-runner',
  description:
    'Drives a load profile at a URL, watches the service scale out and back in, and judges the run.\n' +
    'Exit codes: 0 every check passed, 1 some failed, 2 wrong usage, 3 the record could not be written, 130 interrupted (the record is still written).',
  scripts: ['load'],
  exitCodeOf: (error) => (error instanceof ObserverError ? exitCodes.usage : undefined),
  define: (command, { act, env: variables }) => {
    command
      .requiredOption('--target <url>', 'base URL that the load goes to')
      .option(
        '--profile <name|file>',
        'load profile: a built-in name, or the path of a JSON file',
        'headline',
      )
      .option(
        '--observe <url|aws>',
        'control API of the twin behind the target, or `aws`; without it the load alone is judged',
      )
      .option(
        '--environment <file|env:name>',
        'the observed environment’s resolved description, JSON, in a file or an environment variable; or else:',
      );
    addReplayOptions(addDescriptionOptions(command, { preset: null, variables: {} }))
      .option(
        '--idle-speed <n>',
        'speed of cloud time once the load is over; needs --observe',
        number({ above: 0, to: highestSpeed }),
      )
      .option(
        '--expect-peak <n>',
        'running tasks or instances at the peak; predicted from the environment otherwise',
        wholeNumber({ from: 0, to: 5000 }),
      )
      .option(
        '--calibrate <file>',
        'run record of an earlier run: the peak is predicted with the CPU, memory and response times that it measured',
      )
      .option(
        '--capacity <file|n>',
        'requests per second that one task or instance carries, or the capacity.json that holds it: elasticity is worked out with it; the target of requests per target otherwise',
      )
      .option('--out <dir>', 'folder that run folders, and the link `latest`, are made in', 'reports')
      .addOption(exportOption(runExportForms))
      .option(
        '--users <n>',
        'users of a one-stage profile, or connections of a trace',
        wholeNumber({ from: 1, to: 10_000 }),
      )
      .option('--rate <n>', 'requests per second of a one-stage profile', number({ above: 0, to: 100_000 }))
      .option(
        '--hold <seconds>',
        'hold of a one-stage profile, cloud seconds',
        number({ above: 0, to: 86_400 }),
      )
      .option(
        '--allow-remote',
        'allow a target that is not this machine; only for what is yours to load',
        false,
      )
      .option('--json', 'print one JSON object on standard output, and nothing else there', false)
      .option('--quiet', 'no live progress', false)
      .option(
        '--exchange <s3-url>',
        'folder in S3 that the profile is taken from (profile.json), and that record, reports and log are put into',
      )
      .option('--stop-on-stdin-end', 'end the run, as Ctrl-C does, when standard input ends', false)
      .action(
        act((options: LoadOptions) =>
          interruptibly(options, source, (signal) => runOnce(options, { source, variables, signal })),
        ),
      );
  },
});

/** Runs until the end, or until the user, or the end of standard input, asks it to stop. */
async function interruptibly(
  { stopOnStdinEnd }: LoadOptions,
  source: NodeJS.Process,
  run: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const { stdin } = source;
  const interruption = new Interruption(source, { onLater: () => source.exit(exitCodes.interrupted) });
  if (stopOnStdinEnd) {
    // A parent that is killed still closes the pipe.
    for (const event of ['end', 'error']) stdin.on(event, interruption.interrupt);
    stdin.resume();
  }
  try {
    return await run(interruption.signal);
  } finally {
    interruption.dispose();
    stdin.destroy();
  }
}
