import { ConfigurationError, formatProblems } from '@tideline/config';
import { CommanderError } from 'commander';
import { type CostOptions, createCommand } from './command.ts';
import { runCost } from './run-cost.ts';

const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** What the program needs of its process. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
}

/** Runs the command line. @returns the exit code */
export async function runCommand({ argv, env, stdout, stderr }: Surroundings): Promise<number> {
  const command = createCommand().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
  });
  try {
    const options = command.parse([...argv]).opts<CostOptions>();
    const color = stdout.isTTY === true && env.NO_COLOR === undefined;
    stdout.write(await runCost(options, { variables: env, color }));
    return exitCodes.done;
  } catch (error) {
    // Commander has printed its own message; help ends with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof ConfigurationError) {
      stderr.write(`${formatProblems(error.problems)}\n`);
      return exitCodes.usage;
    }
    stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.failed;
  }
}
