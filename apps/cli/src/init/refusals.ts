import { UsageError } from '@tideline/process';
import { firstFact, type GivenFacts } from './detect/detect-service.ts';
import type { Source } from './detect/service-facts.ts';
import { isPinned, tidelinePlaceholder } from './workflows.ts';

/** @throws UsageError where no file and no option says what to run */
export function refuseNothingFound(sources: readonly Source[], { dockerfile, health }: GivenFacts): void {
  if (dockerfile !== undefined && !sources.some(({ file }) => file === dockerfile))
    throw new UsageError(null, `--dockerfile: there is no file ${dockerfile}; name one of this folder`);
  if (health?.startsWith('/') === false)
    throw new UsageError(
      null,
      `--health: got "${health}"; allowed: a path that starts with /, such as /health`,
    );
  if ((['command', 'build', 'image'] as const).some((key) => firstFact(sources, key) !== null)) return;
  throw new UsageError(
    null,
    'nothing here says how the service starts: there is no Dockerfile, no Procfile with a line web:, no start script in package.json, and no compose file. Say it: --command "…" --port N, or --dockerfile FILE',
  );
}

/** @throws UsageError for a branch or a tag, which may be moved */
export function refuseUnpinned(text: string): void {
  if (isPinned(text)) return;
  throw new UsageError(
    null,
    `--workflows: got "${text}"; allowed: owner/repository@commit, with all 40 digits of the commit, or nothing for ${tidelinePlaceholder}`,
  );
}
