import { type Command, type Option } from 'commander';
import { typedCommand } from './command-line/started-as.ts';
import type { Variables } from './described-environment.ts';

/**
 * Options of ours that npm has as well, so that a variable of that name need not come from this command line.
 * Not among them is `dry-run`: to pass over that one would do in earnest what the user wanted to see only.
 */
const npmOwnOptions: ReadonlySet<string> = new Set([
  '--allow-remote',
  '--help',
  '--json',
  '--only',
  '--version',
]);

/** How npm started this program. */
export interface NpmRun {
  /** Of the scripts in package.json. */
  readonly script: string;
  /** The program’s own script, where `tideline` started it. */
  readonly ownScript: string;
  readonly variables: Variables;
  /** What npm has passed on, as `process.argv` has it. */
  readonly argv: readonly string[];
}

/** Undefined unless npm runs one of a program’s own scripts: npm’s variables reach every program that a script starts. */
export function npmRunOf(
  scripts: readonly string[],
  { variables, argv }: Pick<NpmRun, 'variables' | 'argv'>,
): NpmRun | undefined {
  const script = variables.npm_lifecycle_event;
  const [ownScript = ''] = scripts;
  const own = script !== undefined && [...scripts, dispatcherScript].includes(script);
  return own ? { script, ownScript, variables, argv } : undefined;
}

/** Script of `tideline` itself, which starts every program. */
const dispatcherScript = 'tideline';

/** The command line with which npm passes these arguments on. */
export function npmCommandLine(
  { script, ownScript, variables }: NpmRun,
  command: Command,
  args: readonly string[],
): string {
  const typed = command.parent === null ? '' : command.name();
  if (script === dispatcherScript) return [typedCommand(ownScript, typed, variables), ...args].join(' ');
  const inScript = variables.npm_lifecycle_script?.split(/\s+/).at(-1) === command.name();
  const subcommand = typed === '' || inScript ? [] : [typed];
  return [`npm run ${script} --`, ...subcommand, ...args].join(' ');
}

/**
 * What to say where npm has kept options for itself, since `--` was forgotten; undefined where it has not.
 * npm turns an option that it keeps into a variable, and passes on the value of `--preset flash-sale` alone.
 */
export function keptByNpm(run: NpmRun, command: Command): string | undefined {
  const kept = command.options.filter(
    ({ long }) => typeof long === 'string' && !npmOwnOptions.has(long) && isKept(long, run),
  );
  if (kept.length === 0) return undefined;
  const [only] = kept.length === 1 ? kept : [];
  const values = only === undefined ? [] : passedOn(run, command);
  const names = kept.map(({ long }) => long).join(' and ');
  const args = kept.flatMap((option) => asTyped(option, { run, values }));
  return `npm kept ${names} for itself: write ${npmCommandLine(run, command, args)}`;
}

const variableOf = (long: string, { variables }: NpmRun): string | undefined =>
  variables[`npm_config_${long.slice(2).replaceAll('-', '_')}`];

const isKept = (long: string, run: NpmRun): boolean =>
  variableOf(long, run) !== undefined && !run.argv.some((arg) => arg === long || arg.startsWith(`${long}=`));

/** Values that npm took for arguments; none where other options came through, whose values they may be. */
function passedOn({ argv }: NpmRun, command: Command): readonly string[] {
  const args = argv.slice(2);
  if (args.some((arg) => arg.startsWith('-'))) return [];
  return command.parent !== null && args[0] === command.name() ? args.slice(1) : args;
}

function asTyped(
  { long, flags, required, optional }: Option,
  { run, values }: { readonly run: NpmRun; readonly values: readonly string[] },
): readonly string[] {
  if (!required && !optional) return [long ?? flags];
  // npm joins the values of an option that was given more than once; `true` is one that it passed on.
  const known = (variableOf(long ?? '', run) ?? '').split('\n\n').filter((value) => value !== 'true');
  const all = [...known, ...values];
  return all.length === 0 ? [flags] : all.map((value) => `${long ?? flags} ${value}`);
}
