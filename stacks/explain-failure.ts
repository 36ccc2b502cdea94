import { ConfigurationError } from '@tideline/config';
import { DeploymentError } from './deployment-error.ts';

/** What a failed synthesis prints: a user’s mistake in the user’s words, a fault of this program with its stack. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof DeploymentError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
