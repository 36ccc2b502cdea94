import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { pointLink, writeFolderWhole, writeWhole } from '@tideline/process';
import type { BenchReport } from './bench-report.ts';

/**
 * Writes bench.json beside the latest run’s record; where there is no run yet, into a folder of its own, which becomes
 * the latest. The file, and the link, appear whole or not at all.
 * @returns path of the file.
 */
export async function writeReport(outDir: string, report: BenchReport): Promise<string> {
  const name = 'bench.json';
  const text = `${JSON.stringify(report, null, 2)}\n`;
  const latest = await latestFolder(outDir);
  if (latest === null) {
    const own = report.startedAt.replaceAll(/[:.]/g, '-');
    writeFolderWhole(join(outDir, own), { [name]: text });
    pointLink(join(outDir, 'latest'), own);
  } else writeWhole(join(latest, name), text);
  return join(outDir, 'latest', name);
}

/** Where `latest` points, or null when it is missing or leads nowhere. */
async function latestFolder(outDir: string): Promise<string | null> {
  try {
    return await realpath(join(outDir, 'latest'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
