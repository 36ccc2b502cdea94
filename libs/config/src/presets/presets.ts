import { extname } from 'node:path';
import type { EnvironmentInput, LoadProfile } from '../environment.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { suggestName } from '../problems/suggest-name.ts';
import { loadProfileInputs } from './load-profiles.ts';
import { blueGreen } from './blue-green.ts';
import { fargateAlb } from './fargate-alb.ts';
import { loadDriven } from './load-driven.ts';
import { flashSale } from './flash-sale.ts';
import { statelessAsg } from './stateless-asg.ts';
import { readConfigurationFile } from '../overrides/configuration-file.ts';
import { resolveLoadProfile } from '../resolve/resolve-environment.ts';

const presetInputs: Readonly<Record<string, EnvironmentInput>> = {
  'load-driven': loadDriven,
  'fargate-alb': fargateAlb,
  'stateless-asg': statelessAsg,
  'flash-sale': flashSale,
  'blue-green': blueGreen,
};

export const presetNames: readonly string[] = Object.keys(presetInputs);

export const loadProfileNames: readonly string[] = Object.keys(loadProfileInputs);

/** A preset as a description that overrides can be laid over. @throws ConfigurationError for an unknown name. */
export function presetInput(name: string): EnvironmentInput {
  const input = Object.hasOwn(presetInputs, name) ? presetInputs[name] : undefined;
  if (input === undefined) throw unknown('TL-CONFIG-PRESET', 'preset', { name, allowed: presetNames });
  return input;
}

/** A built-in load profile. @throws ConfigurationError for an unknown name. */
export function loadProfile(name: string): LoadProfile {
  const input = Object.entries(loadProfileInputs).find(([known]) => known === name)?.[1];
  if (input === undefined) throw unknown('TL-CONFIG-PROFILE', 'profile', { name, allowed: loadProfileNames });
  return resolveLoadProfile(input);
}

/**
 * A load profile by what a person types: the name of a built-in one, or the path of a file (anything with an extension).
 * @throws ConfigurationError for an unknown name, and for a file that is missing or malformed.
 */
export async function readLoadProfile(nameOrFile: string): Promise<LoadProfile> {
  if (extname(nameOrFile) === '') return loadProfile(nameOrFile);
  return resolveLoadProfile(await readConfigurationFile(nameOrFile));
}

function unknown(
  code: 'TL-CONFIG-PRESET' | 'TL-CONFIG-PROFILE',
  path: string,
  what: { name: string; allowed: readonly string[] },
): ConfigurationError {
  return new ConfigurationError([
    { code, path, message: `unknown ${path} "${what.name}"; ${suggestName(what.name, what.allowed)}` },
  ]);
}
