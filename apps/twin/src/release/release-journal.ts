import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Release, presentShare } from './release.ts';

const definition = z.object({ version: z.string(), variables: z.record(z.string(), z.string()) });

const entrySchema = z.object({
  deployment: z.string(),
  status: z.enum(['Created', 'InProgress', 'Ready', 'Succeeded', 'Failed', 'Stopped']),
  from: definition,
  to: definition,
  percent: z.number().min(0).max(100),
});

/** Where a release stood when its twin ended. */
export type JournalEntry = z.infer<typeof entrySchema>;

/** Keeps on disk, from change to change, where the release under way stands: however the twin ends, the next one knows. */
export class ReleaseJournal {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Notes a release that is under way; forgets one that has ended. */
  note(release: Release): void {
    if (release.endedAtSeconds !== null) {
      rmSync(this.#file, { force: true });
      return;
    }
    const entry: JournalEntry = {
      deployment: release.id,
      status: release.status,
      from: release.from,
      to: release.to,
      percent: presentShare(release),
    };
    mkdirSync(dirname(this.#file), { recursive: true });
    // Renaming replaces the file whole: an end in the middle of writing leaves the entry before.
    writeFileSync(`${this.#file}.next`, `${JSON.stringify(entrySchema.parse(entry), null, 2)}\n`);
    renameSync(`${this.#file}.next`, this.#file);
  }

  /** The release that the last twin ended in the middle of, or undefined; a second call finds none. */
  take(): { readonly entry: JournalEntry; readonly record: string } | undefined {
    const text = readIfThere(this.#file);
    if (text === undefined) return undefined;
    const entry = entrySchema.parse(JSON.parse(text));
    const record = this.#file.replace(/\.json$/, `-${entry.deployment}.json`);
    renameSync(this.#file, record);
    return { entry, record };
  }
}

/** What a service starts with after an interruption: the version that it was when its twin ended. */
export const versionToResume = ({ status, from, to }: JournalEntry): JournalEntry['from'] =>
  status === 'Ready' ? to : from;

/** Says where the release stood, and what the service starts with. */
export function explainInterruption({
  entry,
  record,
}: {
  readonly entry: JournalEntry;
  readonly record: string;
}): string {
  const { deployment, status, from, to, percent } = entry;
  const resumed = versionToResume(entry);
  const why =
    status === 'Ready'
      ? `all traffic had moved, so version ${to.version} is the service`
      : `not all traffic had moved, so version ${from.version} is still the service`;
  return `The last session ended in the middle of deployment ${deployment} (${status}): version ${from.version} had ${100 - percent} % of the traffic and version ${to.version} ${percent} %. ${sentence(why)}: starting version ${resumed.version} with all of the traffic; the deployment is not taken up again. Kept in ${record}.`;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
