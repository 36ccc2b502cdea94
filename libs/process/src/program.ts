import { dirname } from 'node:path';
import process from 'node:process';
import { ConfigurationError, nearestName, suggestName } from '@tideline/config';
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { startedAs, startedAsVariable, typedCommand } from './command-line/started-as.ts';
import { tidelineCommands } from './command-line/tideline-commands.ts';
import type { Variables } from './described-environment.ts';
import { watchOutput } from './files/watch-output.ts';
import { WriteError, notWritten, writeErrorOf } from './files/write-error.mjs';
import { InterruptedError } from './interruption.ts';
import { type NpmRun, keptByNpm, npmCommandLine, npmRunOf } from './npm-run.ts';
import { commitOf } from './provenance.ts';
import { UsageError } from './usage-error.ts';

/**
 * What every program exits with: as asked; not as hoped, or a fault of the program; a mistake of the user; a file or
 * standard output that could not be written; interrupted.
 */
export const exitCodes = { done: 0, failed: 1, usage: 2, notWritten, interrupted: 130 } as const;

/** What a program needs of its process; tests give their own. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: Variables;
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
}

/** What a grammar is wired to. */
export interface ProgramContext extends Surroundings {
  /** Makes a command’s action of a function that returns the exit code. */
  readonly act: <Options>(
    action: (options: Options) => Promise<number>,
  ) => (options: Options) => Promise<void>;
  /** What a person types for a command of this program, in the way in which it was started; for examples. */
  readonly typed: (subcommand?: string) => string;
}

/** A program’s grammar and wiring. */
export interface Program {
  readonly name: string;
  readonly description: string;
  /** Scripts of the workspace’s package.json that start it. */
  readonly scripts: readonly string[];
  /** Adds the options, commands and actions. */
  readonly define: (command: Command, context: ProgramContext) => void;
  /** Exit code of an error whose message says all that the user needs; undefined for a fault, which is shown with its stack. */
  readonly exitCodeOf?: (error: unknown) => number | undefined;
  /** What an InterruptedError comes to. @default interrupted */
  readonly interrupted?: string;
}

/** Runs a program as its process was started. @returns the exit code. Errors are reported on stderr, not thrown. */
export async function runProgram(program: Program, surroundings: Surroundings): Promise<number> {
  let exitCode: number | undefined;
  if (surroundings.stdout === process.stdout) {
    endOnSignals(program, surroundings);
    const report = (error: WriteError): void => {
      exitCode = reportFailure(error, program, surroundings);
    };
    const onGone = (error: WriteError): void => {
      report(error);
      process.exit(exitCode);
    };
    watchOutput(process.stdout, { onLost: report, onGone });
  }
  const ownExitCode = await runCommand(program, surroundings);
  return exitCode ?? ownExitCode;
}

/** Ends at Ctrl-C where a command does not watch for it by itself: nothing has to be put in order then. */
function endOnSignals(program: Program, surroundings: Surroundings): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (process.listenerCount(signal) > 1) return;
      process.exit(reportFailure(new InterruptedError(), program, surroundings));
    });
}

async function runCommand(program: Program, surroundings: Surroundings): Promise<number> {
  const { argv, env, stdout, stderr } = surroundings;
  const npmRun = npmRunOf(program.scripts, { variables: env, argv });
  let exitCode: number = exitCodes.done;
  const act: ProgramContext['act'] = (action) => async (options) => {
    exitCode = await action(options);
  };
  const command = createCommand(program, { act, argv, env, stdout, stderr });
  let current = command;
  for (const one of [command, ...command.commands]) {
    one
      .configureOutput({
        writeOut: (text) => stdout.write(text),
        writeErr: (text) => stderr.write(text),
        outputError: () => undefined,
      })
      .exitOverride((error) => {
        current = one;
        throw error;
      });
  }
  try {
    const typed = command.commands.find((subcommand) => subcommand.name() === argv[2]) ?? command;
    const kept = npmRun && keptByNpm(npmRun, typed);
    if (kept !== undefined) throw new UsageError(null, kept);
    await command.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(error, program, surroundings);
    if (error.code === 'commander.version') {
      const name = startedAs(env) === undefined ? program.name : 'tideline';
      stdout.write(`${name} ${await versionText(argv[1])}\n`);
    }
    if (error.exitCode === 0) return exitCodes.done;
    // The help itself is the answer where a command is missing.
    if (error.code === 'commander.help') return exitCodes.usage;
    const mistake = explainMistake(error, current, npmRun);
    stderr.write(`${spokenName(program, surroundings)}: ${mistake}\nAdd --help for the options.\n`);
    return exitCodes.usage;
  }
}

const silent = { write: () => undefined };
const unconnected = { argv: [], env: {}, stdout: silent, stderr: silent, act: () => () => Promise.resolve() };

/** How a program is called in what it reports: `tideline up` where `tideline` started it, else by its own name. */
export function spokenName(
  { name, scripts }: Pick<Program, 'name' | 'scripts'>,
  { argv, env }: Pick<Surroundings, 'argv' | 'env'>,
): string {
  if (startedAs(env) === undefined) return name;
  const [script = name] = scripts;
  const named = tidelineCommands.find(({ args }) => args[0] === argv[2] && args.length > 0);
  const [subcommand = ''] = named?.script === script ? named.args : [];
  return typedCommand(script, subcommand, { [startedAsVariable]: 'tideline' });
}

/** The first line of the help: as a person typed it. */
function usageBy({ scripts }: Program, { argv, env }: Pick<Surroundings, 'argv' | 'env'>) {
  const npmRun = npmRunOf(scripts, { variables: env, argv });
  return (command: Command): string => {
    const subcommand = command.parent === null ? '' : command.name();
    if (startedAs(env) !== undefined)
      return `${typedCommand(scripts[0] ?? '', subcommand, env)} ${command.usage()}`;
    if (npmRun !== undefined) return `${npmCommandLine(npmRun, command, [])} ${command.usage()}`;
    return [command.parent?.name() ?? [], command.name(), command.usage()].flat().join(' ');
  };
}

/** A program’s commands and options, as help and documentation show them. */
export function createCommand(
  program: Program,
  context: Omit<ProgramContext, 'typed'> = unconnected,
): Command {
  const { name, description, scripts, define } = program;
  const command = new Command(name)
    .description(description)
    .option('--version', 'print the version, and the commit where it is known')
    .on('option:version', () => {
      throw new CommanderError(0, 'commander.version', 'the version was asked for');
    })
    .configureHelp({ showGlobalOptions: true, commandUsage: usageBy(program, context) })
    .allowExcessArguments(false);
  define(command, {
    ...context,
    typed: (subcommand = '') => typedCommand(scripts[0] ?? name, subcommand, context.env),
  });
  return command;
}

async function versionText(programFile = '.'): Promise<string> {
  const commit = await commitOf(dirname(programFile));
  return commit === 'unknown' ? packageJson.version : `${packageJson.version} (commit ${commit})`;
}

/** Says what went wrong: a mistake of the user in the user’s words, a fault of the program with its stack. */
function reportFailure(thrown: unknown, program: Program, surroundings: Surroundings): number {
  const { exitCodeOf, interrupted = 'interrupted' } = program;
  const { stderr } = surroundings;
  const name = spokenName(program, surroundings);
  const error = writeErrorOf(thrown) ?? thrown;
  if (error instanceof InterruptedError) {
    stderr.write(`${name}: ${interrupted}\n`);
    return exitCodes.interrupted;
  }
  const isMistake = error instanceof UsageError || error instanceof ConfigurationError;
  const ownCode = error instanceof WriteError ? exitCodes.notWritten : exitCodeOf?.(error);
  const expected = isMistake ? exitCodes.usage : ownCode;
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${name}: ${expected !== undefined && error instanceof Error ? error.message : fault}\n`);
  return expected ?? exitCodes.failed;
}

/** A mistake in the command line, with what was meant where that can be guessed. */
function explainMistake(error: CommanderError, command: Command, npmRun: NpmRun | undefined): string {
  const [first = ''] = command.args;
  if (error.code === 'commander.unknownCommand') {
    const names = command.commands.map((subcommand) => subcommand.name());
    const options = command.commands.flatMap((subcommand) => subcommand.options);
    const option = nearestName(first, names) === undefined ? optionFor(first, options) : undefined;
    const hint = option === undefined ? '' : `. After one of them: ${option}`;
    return `unknown command '${first}'; ${suggestName(first, names)}${hint}`;
  }
  if (error.code === 'commander.excessArguments') {
    const option = optionFor(first, command.options);
    const meant = option === undefined ? '' : `; did you mean ${option}?`;
    const line = npmRun && ` Write: ${npmCommandLine(npmRun, command, [option ?? '--help'])}`;
    return `too many arguments: got ${command.args.join(' ')}; allowed: options only${meant || '.'}${line ?? ''}`;
  }
  return error.message.replace(/^error: /, '').replaceAll('\n', ' ');
}

/** The option that takes a value like this one, with it. */
function optionFor(value: string, options: Command['options']): string | undefined {
  const found = options.flatMap(({ long, argChoices = [] }) => {
    const name = nearestName(value, argChoices);
    return name === undefined ? [] : [{ text: `${long ?? ''} ${name}`, isExact: name === value }];
  });
  return (found.find(({ isExact }) => isExact) ?? found[0])?.text;
}
