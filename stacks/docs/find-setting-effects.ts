import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { EffectFinder, type Noticed } from './effects/find-effects.ts';
import { settingEffects } from './effects/setting-effects.ts';
import { settingEffectsDocument } from './setting-effects-document.ts';

export const settingEffectsFile = join(
  import.meta.dirname,
  '..',
  '..',
  'docs',
  'reference',
  'setting-effects.md',
);

/** Finds what every changed setting of the table changes, by its path. */
export async function findSettingEffects(): Promise<Readonly<Record<string, Noticed>>> {
  const finder = new EffectFinder();
  const found: [string, Noticed][] = [];
  for (const [path, effect] of Object.entries(settingEffects))
    if ('set' in effect) found.push([path, await finder.find(effect)]);
  return Object.fromEntries(found);
}

/** docs/reference/setting-effects.md, as Prettier formats it. */
export const formattedDocument = async (noticed: Readonly<Record<string, Noticed>>): Promise<string> =>
  format(settingEffectsDocument(settingEffects, noticed), {
    ...(await resolveConfig(settingEffectsFile)),
    filepath: settingEffectsFile,
  });
