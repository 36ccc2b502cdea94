import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, type Environment, loadEnvironment } from '@tideline/config';
import { writeWhole } from '@tideline/process';
import { importError } from '../import-error.ts';
import type { Imported } from '../list/import-draft.ts';

/** Resolves the description as every command will. @throws UsageError with the fields of the source that a refused field came from */
export async function checkResolves({ description, carried }: Imported): Promise<Environment> {
  const folder = mkdtempSync(join(tmpdir(), 'tideline-import-'));
  try {
    const file = join(folder, 'description.json');
    writeWhole(file, JSON.stringify(description));
    return await loadEnvironment({ file });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const lines = error.problems.map(({ code, path, message }) => {
      const from = [...new Set(carried.filter(({ to }) => isAt(to, path)).map((one) => one.from))];
      return `  ${code} ${path}: ${message.replaceAll(`${folder}/`, '')}${from.length === 0 ? '' : ` In the source: ${from.slice(0, 5).join(', ')}`}`;
    });
    throw importError(
      'TL-IMPORT-RESOLVE',
      `what the source says is refused as a description; correct these fields there:\n${lines.join('\n')}`,
      error,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether one path leads to the other, or below it. */
const isAt = (left: string, right: string): boolean =>
  right !== '' && (`${left}.`.startsWith(`${right}.`) || `${right}.`.startsWith(`${left}.`));
