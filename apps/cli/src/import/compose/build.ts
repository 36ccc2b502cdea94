import { posix } from 'node:path';
import type { ImportDraft } from '../list/import-draft.ts';
import { putArgs } from '../shared/build-args.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { matching } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

const path = matching(
  /^(?![a-z]+:\/\/|git@)[^\0]{1,4096}$/,
  'a path of 1 to 4096 characters, and no address of a repository',
);

/** Fields of `build` for which a description has none (Compose Build specification). */
const withoutField: Readonly<Record<string, string>> = {
  dockerfile_inline:
    'a build reads a Dockerfile. Write it into a file, and name that in container.build.dockerfile',
  ...Object.fromEntries(
    'additional_contexts cache_from cache_to entitlements extra_hosts isolation labels network no_cache platforms privileged provenance pull sbom secrets shm_size ssh tags ulimits'
      .split(' ')
      .map(
        (name) =>
          [
            name,
            'a build takes context, Dockerfile, target, arguments and platform, and nothing else',
          ] as const,
      ),
  ),
};

/** Converts `build`: a context, or a map. @param folder of the file, which paths are relative to */
export function convertBuild(draft: ImportDraft, build: SourceNode, folder: string): void {
  const context = build.kind === 'map' ? build.at('context') : build;
  const named = draft.take(context, 'container.build.context', path);
  if (named === undefined) draft.choose('container.build.context', folder, 'the folder of the file');
  else if (folder !== '.' && !posix.isAbsolute(named))
    draft.put('container.build.context', posix.join(folder, named), context);
  draft.take(build.at('dockerfile'), 'container.build.dockerfile', path);
  draft.take(
    build.at('target'),
    'container.build.target',
    matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'the name of a stage'),
  );
  putArgs(draft, build.at('args'));
  leaveFields(draft, build, withoutField);
}
