import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunRecord } from '@tideline/evidence';
import { renderHtml, renderMarkdown } from '@tideline/report';
import writeFileAtomic from 'write-file-atomic';

/**
 * Writes a run’s record and reports into a folder of its own, named after when it started, and points `latest` at it.
 * Every file, and the link, appears whole or not at all.
 * @returns path of the run record.
 */
export async function writeRun(outDir: string, record: RunRecord): Promise<string> {
  const [markdown, html] = [renderMarkdown(record), renderHtml(record)];
  const directory = await makeRunDirectory(outDir, record.startedAt.replaceAll(/[:.]/g, '-'));
  const recordPath = join(directory, 'run-record.json');
  await writeFileAtomic(recordPath, `${JSON.stringify(record, null, 2)}\n`);
  await writeFileAtomic(join(directory, 'report.md'), markdown);
  await writeFileAtomic(join(directory, 'report.html'), html);
  await pointLatest(outDir, basename(directory));
  return recordPath;
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
