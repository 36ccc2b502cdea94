import { ConfigurationError, type DeploymentCode } from '@tideline/config';
import { WriteError } from '@tideline/process/write-error';

export interface DeploymentProblem {
  readonly code: DeploymentCode;
  /** What was got, what is allowed and how to fix it, beginning with the variable or field. */
  readonly message: string;
}

/** The environment cannot be deployed as it is, or from here. One line per problem; docs/reference/configuration.md lists the codes. */
export class DeploymentError extends Error {
  readonly problems: readonly DeploymentProblem[];

  constructor(problems: readonly DeploymentProblem[]) {
    super(problems.map(({ code, message }) => `${code} ${message}`).join('\n'));
    this.name = 'DeploymentError';
    this.problems = problems;
  }
}

/** What a failed synthesis prints: a user’s mistake in the user’s words, a fault of this program with its stack. */
export function explainFailure(error: unknown): string {
  const isExplained = [ConfigurationError, DeploymentError, WriteError].some((kind) => error instanceof kind);
  if (error instanceof Error && isExplained) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
