import type { Problem } from './configuration-error.ts';

/** Problems as a command line prints them: one per line, `<code> <path>: <message>`. */
export const formatProblems = (problems: readonly Problem[]): string =>
  problems.map(({ code, path, message }) => `${code} ${path === '' ? '' : `${path}: `}${message}`).join('\n');
