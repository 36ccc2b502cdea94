import { constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError, messageOf } from '@tideline/process';
import { type DescribedRequest, sentRequest } from '../load/connection/sent-request.ts';
import { askTarget } from './ask-target.ts';

/**
 * Asks the target once, as the load will but only to read, so that a wrong address is an error and not a report full of
 * failures. Any status is an answer.
 * @throws UsageError when none comes.
 */
export async function checkTargetAnswers(target: URL, endpoint: DescribedRequest): Promise<void> {
  const asked = sentRequest(target, { ...endpoint, method: 'GET', body: null }, false);
  try {
    await askTarget(target, asked, 0);
  } catch (error) {
    throw new UsageError(
      'TL-RUN-TARGET',
      `--target: ${target.origin}${asked.path} did not answer (${messageOf(error)}); start the target, or give the URL it listens on`,
      { cause: error },
    );
  }
}

/**
 * Makes sure that a run’s folder can be made in the end, without making anything yet.
 * @throws UsageError when it cannot.
 */
export async function checkOutDir(outDir: string): Promise<void> {
  const existing = await nearestExisting(resolve(outDir));
  const writable = await access(existing, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable || !(await stat(existing)).isDirectory()) {
    throw new UsageError(
      'TL-RUN-OUT',
      `--out: ${existing} is not a folder that can be written to; give a folder that is, or that can be made`,
    );
  }
  const latest = join(outDir, 'latest');
  if ((await kindOf(latest)) === 'other') {
    throw new UsageError(
      'TL-RUN-OUT',
      `--out: ${latest} is in the way of the link to the latest run; move it, or give another folder`,
    );
  }
}

async function nearestExisting(path: string): Promise<string> {
  return (await kindOf(path)) === 'missing' && dirname(path) !== path ? nearestExisting(dirname(path)) : path;
}

async function kindOf(path: string): Promise<'missing' | 'link' | 'other'> {
  try {
    return (await lstat(path)).isSymbolicLink() ? 'link' : 'other';
  } catch {
    return 'missing';
  }
}
