import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError, writeWhole } from '@tideline/process';
import type { ReadFile } from './detect/service-facts.ts';
import type { NewFile } from './workflows.ts';

/** Files of a folder, by name. */
export const readFileOf =
  (folder: string): ReadFile =>
  (name) => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return null;
    }
  };

interface NewFiles {
  readonly files: readonly NewFile[];
  /** Names that must not be there either. */
  readonly inTheWay: readonly string[];
}

/** Writes files that are not there yet: all of them, or, where one is in the way, none. @throws UsageError */
export function writeNew(folder: string, { files, inTheWay }: NewFiles): void {
  const present = [...new Set([...files.map(({ name }) => name), ...inTheWay])].filter((name) =>
    existsSync(join(folder, name)),
  );
  if (present.length > 0)
    throw new UsageError(
      null,
      `${present.join(' and ')} ${present.length === 1 ? 'is' : 'are'} there already, and init overwrites nothing. Change ${present.length === 1 ? 'it' : 'them'} by hand, or move ${present.length === 1 ? 'it' : 'them'} away`,
    );
  for (const { name, text } of files) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, text);
  }
}
