import type { Problem } from '../configuration-error.ts';
import type { WarningCode } from '../codes/problem-code.ts';
import type { Environment, LoadProfile } from '../environment.ts';

/** Looks for one kind of doubt in an environment and the load that is driven at it. */
export type WarningRule = (environment: Environment, profile: LoadProfile) => readonly Problem[];

export const warn = (code: WarningCode, path: string, message: string): readonly Problem[] => [
  { code, path, message },
];

const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** A number as a sentence shows it: `3,750`, `0.83`. */
export const figure = (value: number): string => format.format(value);
