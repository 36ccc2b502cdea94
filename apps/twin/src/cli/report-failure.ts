import { ConfigurationError, formatProblems } from '@tideline/config';
import { CommanderError } from 'commander';
import { ListenError } from '../balancer/listen-error.ts';
import { ReleaseNoteError } from '../release/release-journal.ts';
import { ServiceStalledError } from '../twin.ts';
import { MissingBundleError } from './bundles.ts';
import { usageExitCode } from './program.ts';

/** Says what went wrong, a user’s mistake in a sentence and a bug with its stack. @returns the exit code */
export function reportFailure(error: unknown, stream: { write(text: string): unknown }): number {
  // Commander has printed its own message; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  if (error instanceof ConfigurationError) {
    stream.write(`${formatProblems(error.problems)}\n`);
    return usageExitCode;
  }
  if (
    error instanceof ListenError ||
    error instanceof MissingBundleError ||
    error instanceof ReleaseNoteError
  ) {
    stream.write(`${error.message}\n`);
    return usageExitCode;
  }
  if (error instanceof ServiceStalledError) {
    stream.write(`${error.message}\n`);
    return 1;
  }
  stream.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
