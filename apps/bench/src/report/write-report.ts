import { mkdir, realpath, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { BenchReport } from './bench-report.ts';

/**
 * Writes bench.json beside the latest run’s record; where there is no run yet, into a folder of its own, which becomes
 * the latest. The file, and the link, appear whole or not at all.
 * @returns path of the file.
 */
export async function writeReport(outDir: string, report: BenchReport): Promise<string> {
  const folder = (await latestFolder(outDir)) ?? (await makeLatestFolder(outDir, report.startedAt));
  await writeFileAtomic(join(folder, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
  return join(outDir, 'latest', 'bench.json');
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

async function makeLatestFolder(outDir: string, startedAt: string): Promise<string> {
  const name = startedAt.replaceAll(/[:.]/g, '-');
  await mkdir(join(outDir, name), { recursive: true });
  const link = join(outDir, `.latest-${process.pid}`);
  await rm(link, { force: true });
  await symlink(name, link);
  await rename(link, join(outDir, 'latest'));
  return join(outDir, name);
}
