import type { ErrorCode } from './codes/problem-code.ts';
import type { Problem } from './configuration-error.ts';
import type { Environment } from './environment.ts';

type Rule = (environment: Environment) => readonly Problem[];

const problem = (code: ErrorCode, path: string, message: string): Problem[] => [{ code, path, message }];

const capacityBounds: Rule = ({ capacity: { min, max, desired } }) =>
  min <= desired && desired <= max
    ? []
    : problem(
        'TL-CONFIG-CAPACITY-BOUNDS',
        'capacity',
        `min <= desired <= max must hold; got min ${min}, desired ${desired}, max ${max}`,
      );

const rules: readonly Rule[] = [capacityBounds];

/** Contradictions between fields, each with both values. */
export const environmentErrors = (environment: Environment): Problem[] =>
  rules.flatMap((rule) => rule(environment));
