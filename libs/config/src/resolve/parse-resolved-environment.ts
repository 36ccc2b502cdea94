import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../configuration-error.ts';
import type { Environment, EnvironmentInput } from '../environment.ts';
import { resolveEnvironment } from './resolve-environment.ts';
import { fieldOf } from '../schema/schema-node.ts';
import { showValue } from '../problems/show-value.ts';

/**
 * Reads back a resolved environment that a program has written as JSON.
 * Defaults are not filled in: a field that is missing means another version wrote it.
 * @throws ConfigurationError
 */
export function parseResolvedEnvironment(json: unknown): Environment {
  // resolveEnvironment checks its input in full: the type only helps those who write one in code.
  const environment = resolveEnvironment(json as EnvironmentInput);
  const difference = firstDifference(json, environment, []);
  if (difference === undefined) return environment;
  throw new ConfigurationError([
    {
      code: 'TL-CONFIG-NOT-RESOLVED',
      path: difference.join('.'),
      message: `got ${showValue(valueAt(json, difference))}; a resolved environment of this version has ${showValue(valueAt(environment, difference))} there. Let the program that wrote it write it again`,
    },
  ]);
}

function firstDifference(
  got: unknown,
  expected: unknown,
  path: readonly string[],
): readonly string[] | undefined {
  if (isDeepStrictEqual(got, expected)) return undefined;
  if (typeof got !== 'object' || got === null || typeof expected !== 'object' || expected === null)
    return path;
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const difference = firstDifference(fieldOf(got, key), fieldOf(expected, key), [...path, key]);
    if (difference !== undefined) return difference;
  }
  return path;
}

const valueAt = (value: unknown, path: readonly string[]): unknown => path.reduce<unknown>(fieldOf, value);
