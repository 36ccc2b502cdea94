import { resolve } from 'node:path';
import { type RuntimeKindName, type Environment, runtimeKindOf } from '@tideline/config';
import { UsageError } from '@tideline/process';

/** Where the sources of a program are, by what runs it; null where it has none of the user’s. */
const folders: Readonly<Record<RuntimeKindName, (environment: Environment) => string | null>> = {
  backend: () => null,
  command: ({ local }) => local.cwd,
  container: ({ container }) => container.build?.context ?? null,
};

/** The folder whose files are deployed as they are saved. @throws UsageError where there is none */
export function watchedFolder(environment: Environment): string {
  const kind = runtimeKindOf(environment);
  const folder = kind === null ? null : folders[kind](environment);
  if (folder === null)
    throw new UsageError(
      'TL-TWIN-WATCH',
      '--watch: this description has no sources to watch; only local.command, or local.container with container.build, has. Leave --watch out, or describe one of them',
    );
  return resolve(folder);
}
