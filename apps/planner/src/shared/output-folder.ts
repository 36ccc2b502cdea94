import { mkdirSync } from 'node:fs';
import { WriteError } from '@tideline/process';

/** Makes the folder that documents go into, where it is not there. @throws WriteError where a file is in its way */
export function makeOutputFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new WriteError(path, error, 'Nothing was written');
  }
}
