import { join } from 'node:path';
import type { RunRecord } from '@tideline/evidence';
import { WriteError, pointLink, writeFolderWhole } from '@tideline/process';
import { renderHtml, renderMarkdown } from '@tideline/report';

/** A run’s reports and record, by name; the record last. */
export const runFiles = (record: RunRecord): Readonly<Record<string, string>> => ({
  'report.md': renderMarkdown(record),
  'report.html': renderHtml(record),
  'run-record.json': `${JSON.stringify(record, null, 2)}\n`,
});

/**
 * Writes a run’s files into a folder of its own, named after when it started, and points `latest` at it. The folder, and
 * the link, appear whole or not at all.
 * @returns path of the record. @throws WriteError
 */
export function writeRun(
  outDir: string,
  { startedAt }: Pick<RunRecord, 'startedAt'>,
  files: Readonly<Record<string, string>>,
): string {
  const name = startedAt.replaceAll(/[:.]/g, '-');
  // Two runs may start within one millisecond: the later takes a number.
  for (let number = 1; ; number += 1) {
    const own = number === 1 ? name : `${name}-${number}`;
    try {
      writeFolderWhole(join(outDir, own), files);
    } catch (error) {
      if (isTaken(error)) continue;
      throw error;
    }
    pointLink(join(outDir, 'latest'), own);
    return join(outDir, own, 'run-record.json');
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof WriteError &&
  ['EEXIST', 'ENOTEMPTY'].includes((error.cause as NodeJS.ErrnoException).code ?? '');
