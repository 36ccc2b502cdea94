import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const lockFile = join(import.meta.dirname, '..', '..', '..', '..', 'stacks', '.terraform.lock.hcl');

/** The version of the AWS provider that the stacks of this repository are locked to. */
export async function lockedProviderVersion(): Promise<string> {
  const version = /^provider "registry\.terraform\.io\/hashicorp\/aws" \{\s+version += "([^"]+)"/m.exec(
    await readFile(lockFile, 'utf8'),
  )?.[1];
  if (version === undefined) throw new Error(`${lockFile} names no version of the AWS provider`);
  return version;
}
