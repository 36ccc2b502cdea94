import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const outside = tmpdir();

/** Every temporary file of a run, also those of the processes that it starts, lies in one folder that goes with it. */
export default function useOneTemporaryFolder() {
  const folder = mkdtempSync(join(outside, 'tideline-tests-'));
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
