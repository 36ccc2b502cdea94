import { highestSpeed } from '@tideline/evidence';
import { Command, InvalidArgumentError } from 'commander';

/** The command line as typed, each value of the right type and range. */
export interface RawOptions {
  readonly target: string;
  readonly profile: string;
  readonly observe?: string;
  readonly environment?: string;
  readonly preset?: string;
  readonly idleSpeed?: number;
  readonly expectPeak?: number;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly users?: number;
  readonly rate?: number;
  readonly hold?: number;
  readonly allowRemote: boolean;
  readonly stopOnStdinEnd: boolean;
}

/** The command line’s grammar. Parsing throws CommanderError; it never exits. */
export const createCommand = (): Command =>
  new Command('load-runner')
    .description(
      'Drives a load profile at a URL, watches the service scale out and back in, and judges the run.\n' +
        'Exit codes: 0 every check passed, 1 some failed, 2 wrong usage, 130 interrupted (the record is still written).',
    )
    .requiredOption('--target <url>', 'base URL that the load goes to')
    .option('--profile <name|file>', 'load profile: a built-in name, or the path of a JSON file', 'headline')
    .option(
      '--observe <url|aws>',
      'control API of the twin behind the target, or `aws`; without it the load alone is judged',
    )
    .option(
      '--environment <file|env:name>',
      'the observed environment’s resolved description, JSON, in a file or an environment variable',
    )
    .option('--preset <name>', 'the observed environment’s preset, and TIDELINE_ variables over it')
    .option(
      '--idle-speed <n>',
      'speed of cloud time once the load is over; needs --observe',
      above(0, highestSpeed),
    )
    .option(
      '--expect-peak <n>',
      'running tasks or instances at the peak; predicted from --environment otherwise',
      whole(0, 5000),
    )
    .option('--out <dir>', 'folder that run folders, and the link `latest`, are made in', 'reports')
    .option('--users <n>', 'users of a one-stage profile', whole(1, 10_000))
    .option('--rate <n>', 'requests per second of a one-stage profile', above(0, 100_000))
    .option('--hold <seconds>', 'hold of a one-stage profile, cloud seconds', above(0, 86_400))
    .option(
      '--allow-remote',
      'allow a target that is not this machine; only for what is yours to load',
      false,
    )
    .option('--json', 'print one JSON object on standard output, and nothing else there', false)
    .option('--quiet', 'no live progress', false)
    .option('--stop-on-stdin-end', 'end the run, as Ctrl-C does, when standard input ends', false)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined });

function whole(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Got "${text}"; allowed is a whole number from ${least} to ${most}.`);
  };
}

function above(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value > least && value <= most) return value;
    throw new InvalidArgumentError(`Got "${text}"; allowed is a number above ${least}, up to ${most}.`);
  };
}
