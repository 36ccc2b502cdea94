import { exitCodes } from '@tideline/process';
import { MissingBundleError } from './bundles.ts';
import { ProcessError } from './process-error.ts';

/** What the planner exits with over programs that it starts: their message says all that the user needs. */
export function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof MissingBundleError) return exitCodes.usage;
  return error instanceof ProcessError ? exitCodes.failed : undefined;
}
