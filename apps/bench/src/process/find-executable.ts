import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Folders of system programs that a user’s PATH often leaves out. */
const moreFolders = ['/usr/local/sbin', '/usr/sbin', '/opt/homebrew/bin'];

/** Absolute path of a program, or null where there is none. @param searchPath as the environment variable PATH has it */
export async function findExecutable(name: string, searchPath: string): Promise<string | null> {
  for (const folder of [...searchPath.split(delimiter), ...moreFolders]) {
    if (folder === '') continue;
    const file = join(folder, name);
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      // not here: the next folder
    }
  }
  return null;
}
