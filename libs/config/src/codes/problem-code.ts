import type { errorCodes } from './error-codes.ts';
import type { warningCodes } from './warning-codes.ts';

/** What a code means and what to do about it; docs/reference/configuration.md prints these tables. */
export interface CodeEntry {
  readonly meaning: string;
  readonly fix: string;
}

export type ErrorCode = keyof typeof errorCodes;
export type WarningCode = keyof typeof warningCodes;

/** Every code that a problem may carry: one that stands in no table does not compile. */
export type ProblemCode = ErrorCode | WarningCode;
