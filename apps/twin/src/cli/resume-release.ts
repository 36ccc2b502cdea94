import { join } from 'node:path';
import { type Environment, resourceNames } from '@tideline/config';
import { ReleaseJournal, explainInterruption, versionToResume } from '../release/release-journal.ts';
import type { TwinOptions } from '../twin.ts';

/** Where the release under way is noted, below the present folder. */
const folder = 'reports';

/** What a twin starts with: where the last one ended in the middle of a release, what that left, and says so. */
export function resumeRelease(
  environment: Environment,
  stream: { write(text: string): unknown },
): Pick<TwinOptions, 'firstVersion' | 'onRelease'> {
  if (environment.release.kind === 'rolling') return {};
  const journal = new ReleaseJournal(join(folder, `release-${resourceNames(environment).service}.json`));
  const interrupted = journal.take();
  const onRelease: TwinOptions['onRelease'] = (release) => journal.note(release);
  if (interrupted === undefined) return { onRelease };
  stream.write(`${explainInterruption(interrupted)}\n`);
  return { onRelease, firstVersion: versionToResume(interrupted.entry) };
}
