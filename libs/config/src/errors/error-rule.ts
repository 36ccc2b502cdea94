import type { ErrorCode } from '../codes/problem-code.ts';
import type { Problem } from '../configuration-error.ts';
import type { Environment } from '../environment.ts';

/** Looks for one kind of contradiction in an environment whose fields are each well formed. */
export type ErrorRule = (environment: Environment) => readonly Problem[];

export const refuse = (code: ErrorCode, path: string, message: string): readonly Problem[] => [
  { code, path, message },
];
