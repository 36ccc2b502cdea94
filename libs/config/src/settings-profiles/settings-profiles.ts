import { ConfigurationError } from '../configuration-error.ts';
import type { Environment, EnvironmentInput } from '../environment.ts';
import { type Assignment, type Draft, applyLayer } from '../overrides/draft.ts';
import { fileAssignments } from '../overrides/file-assignments.ts';
import { suggestName } from '../problems/suggest-name.ts';
import { presetInput } from '../presets/presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { type SettingsProfileName, settingsProfileNames } from '../schema/settings-profile-names.ts';
import { production } from './production.ts';

const settingsProfiles: Readonly<
  Record<SettingsProfileName, (preset: Environment) => Partial<EnvironmentInput>>
> = { production };

/**
 * What a settings profile sets over a preset, field by field.
 * @param origin who names the profile, as the user wrote it: `--set profile=production`
 * @throws ConfigurationError TL-CONFIG-SETTINGS-PROFILE for an unknown name
 */
export function settingsProfileAssignments(
  name: unknown,
  { preset, origin }: { readonly preset: string; readonly origin?: string | undefined },
): readonly Assignment[] {
  const known = settingsProfileNames.find((each) => each === name);
  if (known === undefined) throw unknownProfile(name, origin);
  const input = presetInput(preset);
  return fileAssignments(settingsProfiles[known](resolveEnvironment(input)), input, `profile ${known}`);
}

function unknownProfile(name: unknown, origin: string | undefined): ConfigurationError {
  const from = origin === undefined ? '' : `. From ${origin}`;
  return new ConfigurationError([
    {
      code: 'TL-CONFIG-SETTINGS-PROFILE',
      path: 'profile',
      message: `unknown settings profile ${JSON.stringify(name)}; ${suggestName(String(name), settingsProfileNames)}. A load profile is named by load.profile${from}`,
    },
  ]);
}

/** A preset with a settings profile laid over it, as a description that overrides can be laid over. @throws ConfigurationError for an unknown preset */
export function profiledInput(preset: string, profile: SettingsProfileName): EnvironmentInput {
  const document = structuredClone(presetInput(preset)) as unknown as Record<string, unknown>;
  const draft: Draft = { document, origins: new Map() };
  applyLayer(draft, settingsProfileAssignments(profile, { preset }));
  return { ...(document as unknown as EnvironmentInput), profile };
}
