import { ConfigurationError, type Problem } from '../configuration-error.ts';
import { deploymentVariables } from '../deployment-variables.ts';
import type { Environment, EnvironmentInput } from '../environment.ts';
import { readConfigurationFile } from './configuration-file.ts';
import { type Assignment, type Draft, applyLayer } from './draft.ts';
import { fileAssignments } from './file-assignments.ts';
import { nameOrigins } from './name-origins.ts';
import { applySetOptions, applyVariables } from './settings.ts';
import { presetInput } from '../presets/presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { settingsProfileAssignments } from '../settings-profiles/settings-profiles.ts';
import { fieldOf } from '../schema/schema-node.ts';
import { showValue } from '../problems/show-value.ts';

/** Where an environment comes from; each source is laid over the ones before it. */
export interface EnvironmentSources {
  /** Name of the preset to start from; without it, the one that the file names. */
  readonly preset?: string | undefined;
  /** Preset where neither names one. @default load-driven */
  readonly defaultPreset?: string | undefined;
  /** Path of a JSON, YAML, JavaScript or TypeScript file, relative to the working directory. */
  readonly file?: string | undefined;
  /** Environment variables, usually `process.env`; only those that start with `TIDELINE_` are read, and not those of deployments. */
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined;
  /** `path.to.field=value`, in order. */
  readonly set?: readonly string[] | undefined;
}

/**
 * Builds an environment: preset, then the settings profile that any of the others names, then file, then variables, then
 * settings; later ones win.
 * @throws ConfigurationError that names each offending setting as the user wrote it.
 */
export async function loadEnvironment(sources: EnvironmentSources): Promise<Environment> {
  const { file, variables = {}, set = [] } = sources;
  const layer = file === undefined ? {} : await readConfigurationFile(file);
  const preset = sources.preset ?? presetOf(layer) ?? sources.defaultPreset ?? 'load-driven';
  const layered = (profile: readonly Assignment[]): Draft => {
    const document = structuredClone(presetInput(preset)) as unknown as Record<string, unknown>;
    const draft: Draft = { document, origins: new Map() };
    applyLayer(draft, profile);
    if (file !== undefined) applyLayer(draft, fileAssignments(layer, document, file));
    const problems = [
      ...applyVariables(draft, fieldVariables(variables)),
      ...applySetOptions(draft, set),
      ...presetKept(draft, preset),
    ];
    if (problems.length > 0) throw new ConfigurationError(problems);
    return draft;
  };
  const own = layered([]);
  // Wherever the profile is named, it is laid below all of them.
  const profile = fieldOf(own.document, 'profile') ?? null;
  if (profile === null) return resolveDraft(own);
  const origin = own.origins.get('profile');
  return resolveDraft(layered(settingsProfileAssignments(profile, { preset, origin })));
}

/** A preset of another type than text is left for the schema to refuse. */
const presetOf = ({ preset }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof preset === 'string' ? preset : undefined;

const fieldVariables = (variables: NonNullable<EnvironmentSources['variables']>) =>
  Object.fromEntries(
    Object.entries(variables).filter(
      ([name]) => name === 'TIDELINE_PRESET' || !(name in deploymentVariables),
    ),
  );

function presetKept({ document, origins }: Draft, preset: string): readonly Problem[] {
  const named = fieldOf(document, 'preset');
  if (named === preset) return [];
  return [
    {
      code: 'TL-CONFIG-PRESET',
      path: 'preset',
      message: `${origins.get('preset') ?? 'an override'} names preset ${showValue(named)}, and the preset chosen is "${preset}". Remove it there, or choose that preset`,
    },
  ];
}

function resolveDraft(draft: Draft): Environment {
  try {
    return resolveEnvironment(draft.document as unknown as EnvironmentInput);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(
      error.problems.map((problem) => nameOrigins(problem, draft)),
      { cause: error },
    );
  }
}
