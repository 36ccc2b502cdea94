import { join } from 'node:path';
import { writeWhole } from '@tideline/process';
import { readRuns } from './read-runs.ts';
import { renderIndex } from './render-index.ts';

/**
 * Writes `index.html` into a folder of reports: all runs below it, and the trend of their main figures by commit.
 * @returns path of the page. @throws WriteError, and the error of the file system where the folder cannot be read
 */
export function writeReportsIndex(reportsFolder: string): string {
  const file = join(reportsFolder, 'index.html');
  writeWhole(file, renderIndex(readRuns(reportsFolder)));
  return file;
}
