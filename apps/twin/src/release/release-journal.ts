import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { writeWhole } from '@tideline/process';
import { type ProcessMark, isRunning, markOf } from '../runtimes/processes/process-mark.ts';
import { type Release, presentShare } from './release.ts';

const definition = z.object({ version: z.string(), variables: z.record(z.string(), z.string()) });

const entrySchema = z.object({
  /** The twin’s process. */
  owner: z.object({ pid: z.int().positive(), startTicks: z.string().optional() }),
  deployment: z.string(),
  status: z.enum(['Created', 'InProgress', 'Ready', 'Succeeded', 'Failed', 'Stopped']),
  from: definition,
  to: definition,
  percent: z.number().min(0).max(100),
});

/** Where a release stood when its twin ended. */
export type JournalEntry = z.infer<typeof entrySchema>;

/** What a twin that ended in the middle of a release has left. */
export interface Interrupted {
  readonly entry: JournalEntry;
  /** Where the entry is kept once it has been taken. */
  readonly record: string;
}

/** What is noted of a release keeps the next twin from starting: it is another twin’s, or cannot be read. */
export class ReleaseNoteError extends Error {
  override readonly name = 'ReleaseNoteError';
}

/** Keeps on disk, from change to change, where the release under way stands: however the twin ends, the next one knows. */
export class ReleaseJournal {
  readonly #file: string;
  readonly #owner: ProcessMark;

  /** @param owner whose releases are noted. @default this process */
  constructor(file: string, owner = markOf(process.pid)) {
    this.#file = file;
    this.#owner = owner;
  }

  /** Notes a release that is under way; forgets one that has ended. @returns false where another twin’s is noted, and left alone. @throws WriteError */
  note(release: Release): boolean {
    if (this.#isAnothers()) return false;
    if (release.endedAtSeconds !== null) {
      rmSync(this.#file, { force: true });
      return true;
    }
    const entry: JournalEntry = {
      owner: this.#owner,
      deployment: release.id,
      status: release.status,
      from: release.from,
      to: release.to,
      percent: presentShare(release),
    };
    mkdirSync(dirname(this.#file), { recursive: true });
    // An end in the middle of writing leaves the entry before.
    writeWhole(this.#file, `${JSON.stringify(entrySchema.parse(entry), null, 2)}\n`);
    return true;
  }

  /** The release that the last twin ended in the middle of, or undefined; it stays until `keep`. @throws ReleaseNoteError */
  find(): Interrupted | undefined {
    const entry = this.#read();
    if (entry === undefined) return undefined;
    if (this.#isOther(entry))
      throw new ReleaseNoteError(
        `Another twin, process ${entry.owner.pid}, is in the middle of deployment ${entry.deployment}, as ${this.#file} says. Wait for its end, stop it, or start this one in another folder. Where that process is no twin, delete the file.`,
      );
    return { entry, record: this.#file.replace(/\.json$/, `-${entry.deployment}.json`) };
  }

  /** Puts what was found aside: it is not found again. */
  keep({ record }: Interrupted): void {
    renameSync(this.#file, record);
  }

  /** @throws ReleaseNoteError */
  #read(): JournalEntry | undefined {
    try {
      return entrySchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new ReleaseNoteError(
        `${this.#file} should say where the last release stood, but cannot be read: ${reasonOf(error)}. Move it away, or delete it, and start again: the service then starts with version 1.`,
        { cause: error },
      );
    }
  }

  #isAnothers(): boolean {
    try {
      const entry = this.#read();
      return entry !== undefined && this.#isOther(entry);
    } catch {
      return false;
    }
  }

  #isOther({ owner }: JournalEntry): boolean {
    return owner.pid !== this.#owner.pid && isRunning(owner);
  }
}

/** The first thing that is wrong. */
function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  const [issue] = error.issues;
  return issue === undefined ? error.message : [...issue.path, issue.message].join(': ');
}
