import type { ProblemCode } from './codes/problem-code.ts';

/** One thing wrong, or doubtful, in a description: with a stable code that docs/reference/configuration.md lists. */
export interface Problem {
  readonly code: ProblemCode;
  /** Where, as the user writes it: `capacity.min`. */
  readonly path: string;
  /** What is wrong, with the value that was found, what is allowed, and how to fix it. */
  readonly message: string;
}

/** The user’s description cannot be used. Programs print it and exit with code 2. */
export class ConfigurationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(formatProblems(problems), options);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** Problems as a command line prints them: one per line, `<code> <path>: <message>`. */
export const formatProblems = (problems: readonly Problem[]): string =>
  problems.map(({ code, path, message }) => `${code} ${path === '' ? '' : `${path}: `}${message}`).join('\n');
