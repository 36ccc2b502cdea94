import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '@tideline/process';
import { traceError } from '../trace-codes.ts';

/**
 * The files behind a path, in the order of their names: the file, all files below a folder, or those that a pattern names
 * (`*` and `?` within a name, `**` for any folders). Names that begin with a dot are left out.
 * @param hint what is allowed, for the error. @throws UsageError TL-TRACE-SOURCE where there is none
 */
export async function sourceFiles(source: string, hint: () => string): Promise<readonly string[]> {
  if (/[*?]/.test(source)) {
    const files = await filesBelow(folderOf(source));
    const pattern = patternOf(source);
    return someOf(
      files.filter((file) => pattern.test(file)),
      `${source}: no file matches`,
      hint,
    );
  }
  const found = await stat(source).catch((error: unknown) => {
    throw traceError('TL-TRACE-SOURCE', `${source}: cannot be read (${messageOf(error)}); ${hint()}`, {
      cause: error,
    });
  });
  return found.isDirectory()
    ? someOf(await filesBelow(source), `${source}: the folder holds no file`, hint)
    : [source];
}

function someOf(files: readonly string[], problem: string, hint: () => string): readonly string[] {
  if (files.length > 0) return files;
  throw traceError('TL-TRACE-SOURCE', `${problem}; ${hint()}`);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw traceError('TL-TRACE-SOURCE', `${folder}: cannot be read (${messageOf(error)}); give a folder`, {
      cause: error,
    });
  });
  const visible = entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const files = await Promise.all(
    visible.map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    }),
  );
  return files.flat();
}

/** What comes before the first name with a wildcard. */
function folderOf(pattern: string): string {
  const fixed = pattern.slice(0, pattern.search(/[*?]/));
  const end = fixed.lastIndexOf('/');
  return end < 0 ? '.' : fixed.slice(0, end + 1);
}

function patternOf(pattern: string): RegExp {
  const text = join(pattern)
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => wildcards[part] ?? part.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&'))
    .join('');
  return new RegExp(`^${text}$`);
}

const wildcards: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
