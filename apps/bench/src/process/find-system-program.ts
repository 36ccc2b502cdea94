import { delimiter } from 'node:path';
import { findExecutable } from '@tideline/process';

/** Folders of system programs that a user’s PATH often leaves out. */
const moreFolders = ['/usr/local/sbin', '/usr/sbin', '/opt/homebrew/bin'];

/** Path of a program, or undefined where there is none. @param searchPath as the environment variable PATH has it */
export const findSystemProgram = (name: string, searchPath: string): string | undefined =>
  findExecutable(name, [searchPath, ...moreFolders].join(delimiter));
