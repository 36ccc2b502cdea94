import { join } from 'node:path';
import { type Environment, codeDeployRelease, resourceNames } from '@tideline/config';
import { WriteError } from '@tideline/process';
import { explainInterruption, versionToResume } from '../release/interruption.ts';
import { ReleaseJournal } from '../release/release-journal.ts';
import type { TwinOptions } from '../twin.ts';

/** Where the release under way is noted, below the present folder. */
const folder = 'reports';

/** How a twin takes up what the last one left. */
export interface ResumedRelease {
  readonly options: Pick<TwinOptions, 'firstVersion' | 'onRelease'>;
  /** To be called once the twin has started: says what was found, and puts it aside. A start that fails leaves it to the next one. */
  started(): void;
}

/** Why a note was not taken; a full disk is no reason to end the release. Undefined when it was. */
function reasonNotNoted(note: () => boolean, file: string): string | undefined {
  try {
    return note() ? undefined : `${file} is about another twin’s.`;
  } catch (error) {
    if (error instanceof WriteError) return error.message;
    throw error;
  }
}

/** What a twin starts with: where the last one ended in the middle of a release, what that left. @throws ReleaseNoteError */
export function resumeRelease(
  environment: Environment,
  stream: { write(text: string): unknown },
): ResumedRelease {
  if (codeDeployRelease(environment) === null) return { options: {}, started: () => undefined };
  const file = join(folder, `release-${resourceNames(environment).service}.json`);
  const journal = new ReleaseJournal(file);
  const interrupted = journal.find();
  let unnoted: string | undefined;
  const onRelease: TwinOptions['onRelease'] = (release) => {
    const reason = reasonNotNoted(() => journal.note(release), file);
    if (reason === undefined || unnoted === release.id) return;
    unnoted = release.id;
    stream.write(`Deployment ${release.id} is not noted: ${reason}\n`);
  };
  if (interrupted === undefined) return { options: { onRelease }, started: () => undefined };
  return {
    options: { onRelease, firstVersion: versionToResume(interrupted.entry) },
    started: () => {
      journal.keep(interrupted);
      stream.write(`${explainInterruption(interrupted)}\n`);
    },
  };
}
