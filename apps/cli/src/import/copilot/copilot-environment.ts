import { suggestName } from '@tideline/config';
import { importError } from '../import-error.ts';
import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Fields of which a service has one: an environment that gives the second takes the first away. */
const exclusive = [
  ['build', 'location'],
  ['location', 'build'],
] as const;

/** The manifest with the overrides of one environment laid over it. @throws UsageError when there is no such environment */
export function environmentOf(draft: ImportDraft, manifest: SourceNode, env: string | undefined): SourceNode {
  const environments = manifest.at('environments');
  const names = environments.entries.map(([name]) => name);
  if (env !== undefined && !names.includes(env) && names.length > 0)
    throw importError(
      'TL-IMPORT-CHOICE',
      `--env ${env} is no environment of the manifest; ${suggestName(env, names)}`,
    );
  for (const [name, overrides] of environments.entries)
    if (name !== env)
      draft.leave(
        overrides,
        `overrides of another environment. Import it into a file of its own: --env ${name}`,
      );
  const base = manifest.without('environments');
  if (env === undefined) return base;
  const over = environments.at(env);
  for (const [mine, other] of exclusive)
    if (over.at('image', mine).isPresent && !over.at('image', other).isPresent)
      draft.leave(base.at('image', other), `${over.at('image', mine).path} takes its place`);
  const merged = base.under(over, (below, above) => draft.leave(below, `${above.path} takes its place`));
  const image = merged.at('image');
  const replaced = exclusive.find(
    ([mine, other]) => over.at('image', mine).isPresent && image.at(other).isPresent,
  );
  return replaced === undefined ? merged : merged.with('image', image.without(replaced[1]));
}
