import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunRecord } from '@tideline/evidence';
import { renderHtml, renderMarkdown } from '@tideline/report';
import writeFileAtomic from 'write-file-atomic';

export interface WrittenRun {
  readonly recordPath: string;
  /** What was written, by name; the record last. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Writes a run’s record and reports into a folder of its own, named after when it started, and points `latest` at it.
 * Every file, and the link, appears whole or not at all.
 */
export async function writeRun(outDir: string, record: RunRecord): Promise<WrittenRun> {
  const files = {
    'report.md': renderMarkdown(record),
    'report.html': renderHtml(record),
    'run-record.json': `${JSON.stringify(record, null, 2)}\n`,
  };
  const directory = await makeRunDirectory(outDir, record.startedAt.replaceAll(/[:.]/g, '-'));
  for (const [name, content] of Object.entries(files)) await writeFileAtomic(join(directory, name), content);
  await pointLatest(outDir, basename(directory));
  return { recordPath: join(directory, 'run-record.json'), files };
}

/** Two runs may start within one millisecond: the later takes a number. */
async function makeRunDirectory(outDir: string, name: string): Promise<string> {
  await mkdir(outDir, { recursive: true });
  for (let number = 1; ; number += 1) {
    const directory = join(outDir, number === 1 ? name : `${name}-${number}`);
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

async function pointLatest(outDir: string, name: string): Promise<void> {
  const link = join(outDir, `.latest-${process.pid}`);
  await rm(link, { force: true });
  await symlink(name, link);
  await rename(link, join(outDir, 'latest'));
}
