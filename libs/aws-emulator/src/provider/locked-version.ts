import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Terraform’s lock file of the stacks of this repository. */
export const lockFile = join(
  ...[import.meta.dirname, '..', '..', '..', '..'],
  ...['stacks', '.terraform.lock.hcl'],
);

/** The version of the AWS provider that the stacks are locked to. */
export function lockedProviderVersion(): string {
  const version = /^provider "registry\.terraform\.io\/hashicorp\/aws" \{\s+version += "([^"]+)"/m.exec(
    readFileSync(lockFile, 'utf8'),
  )?.[1];
  if (version === undefined) throw new Error(`${lockFile} names no version of the AWS provider`);
  return version;
}
