import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** Why an output is refused before the work: no system error has happened yet. */
export const outputPlace = {
  code: 'TL-WRITE-PLACE',
  problem: 'an option names a file or folder that cannot be made there; refused before any work was done',
} as const;

/**
 * Refuses a file that could not be written once the work is done. Writes nothing.
 * @param option under which the user named it: `--out`
 * @param made folder that the command itself makes before it writes the file
 * @throws UsageError TL-WRITE-PLACE
 */
export function checkOutputFile(option: string, file: string, made?: string): void {
  const place = { option, path: file };
  if (kindOf(file) === 'folder') refuse(place, 'is a folder', 'name a file');
  const folder = dirname(resolve(file));
  const kind = kindOf(folder);
  // What the command makes is checked as its folder.
  if (kind === 'none' && made !== undefined && `${resolve(made)}${sep}`.startsWith(`${folder}${sep}`)) return;
  if (kind === 'none') refuse(place, `${folder} does not exist`, 'make the folder, or name another one');
  if (kind === 'file') refuse(place, `${folder} is no folder`, 'name another folder');
  refuseReadOnly(place, folder, accessSync);
}

/**
 * Refuses a folder that could not be made, or written into. Writes nothing.
 * @param access asks for the rights; tests give one that refuses. @throws UsageError TL-WRITE-PLACE
 */
export function checkOutputFolder(option: string, folder: string, access = accessSync): void {
  const place = { option, path: folder };
  let nearest = resolve(folder);
  while (kindOf(nearest) === 'none' && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (kindOf(nearest) === 'file') refuse(place, `${nearest} is no folder`, 'name another folder');
  refuseReadOnly(place, nearest, access);
}

interface Exports {
  readonly export?: Readonly<Partial<Record<string, string>>> | undefined;
}
/** Where reports go: the folder of `--out`, and the files of `--export`. */
interface Reports extends Exports {
  readonly out: string;
}

/** Refuses the folder of `--out`, and the files of `--export`. @throws UsageError TL-WRITE-PLACE */
export function checkReports(outputs: Reports): void {
  checkOutputFolder('--out', outputs.out);
  checkExports(outputs, outputs.out);
}

/** Refuses the files of `--export`. @param made folder that the command makes before them. @throws UsageError TL-WRITE-PLACE */
export function checkExports(outputs: Exports, made?: string): void {
  for (const [form, file] of Object.entries(outputs.export ?? {}))
    if (file !== undefined) checkOutputFile(`--export ${form}`, file, made);
}

interface Place {
  readonly option: string;
  readonly path: string;
}

function kindOf(path: string): 'file' | 'folder' | 'none' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'none';
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'none'; // below a file, or below a folder that is not to be read: the folder above says so
  }
}

function refuseReadOnly(place: Place, folder: string, access: typeof accessSync): void {
  try {
    access(folder, constants.W_OK | constants.X_OK);
  } catch {
    refuse(place, `${folder} takes no files of this user`, 'allow it, or name another folder');
  }
}

function refuse({ option, path }: Place, why: string, fix: string): never {
  throw new UsageError(
    outputPlace.code,
    `${option} ${path}: ${why}; allowed is a place that can be written. Nothing was done: ${fix}`,
  );
}
