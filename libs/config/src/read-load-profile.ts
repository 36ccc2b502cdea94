import { extname } from 'node:path';
import type { LoadProfile } from './environment.ts';
import { readConfigurationFile } from './overrides/configuration-file.ts';
import { loadProfile } from './presets.ts';
import { resolveLoadProfile } from './resolve-environment.ts';

/**
 * A load profile by what a person types: the name of a built-in one, or the path of a file (anything with an extension).
 * @throws ConfigurationError for an unknown name, and for a file that is missing or malformed.
 */
export async function readLoadProfile(nameOrFile: string): Promise<LoadProfile> {
  if (extname(nameOrFile) === '') return loadProfile(nameOrFile);
  return resolveLoadProfile(await readConfigurationFile(nameOrFile));
}
