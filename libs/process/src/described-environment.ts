import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Environment, loadEnvironment } from '@tideline/config';

/** Environment variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The options that say which environment a command is about. */
export interface DescriptionOptions {
  readonly preset?: string | undefined;
  /** Preset where neither an option nor a variable nor a file names one. */
  readonly defaultPreset?: string;
  readonly config?: string | undefined;
  readonly set: readonly string[];
}

/** Files that describe the service of the working directory, in the order in which they are looked for. */
export const configurationFiles = ['ts', 'mts', 'mjs', 'js', 'yaml', 'yml', 'json'].map(
  (extension) => `tideline.config.${extension}`,
);

/** Which preset and which file the options and variables come to, without the defaults of a preset. */
export async function namedDescription(
  options: DescriptionOptions,
  variables: Variables,
  folder = '.',
): Promise<Pick<DescriptionOptions, 'preset' | 'config'>> {
  const preset = options.preset ?? valueOf('TIDELINE_PRESET', variables);
  const config = options.config ?? valueOf('TIDELINE_CONFIG', variables);
  if (preset !== undefined || config !== undefined) return { preset, config };
  return { preset, config: await configurationFileIn(folder) };
}

/**
 * The environment that the options describe, under TIDELINE_ variables.
 * @param folder whose `tideline.config.*` describes it where neither a preset nor a file is named
 * @throws ConfigurationError
 */
export async function describedEnvironment(
  options: DescriptionOptions,
  variables: Variables,
  folder = '.',
): Promise<Environment> {
  const { preset, config: file } = await namedDescription(options, variables, folder);
  return loadEnvironment({ preset, defaultPreset: options.defaultPreset, file, set: options.set, variables });
}

async function configurationFileIn(folder: string): Promise<string | undefined> {
  for (const file of configurationFiles.map((name) => join(folder, name))) {
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

/** GitHub gives a variable that is not set as an empty one. */
export const valueOf = (
  name: 'TIDELINE_PRESET' | 'TIDELINE_CONFIG',
  variables: Variables,
): string | undefined => (variables[name] === '' ? undefined : variables[name]);
