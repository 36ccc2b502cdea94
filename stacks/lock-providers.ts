import { copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const name = '.terraform.lock.hcl';
const versions = (lock: string): string =>
  (lock.match(/^(?:provider "[^"]+" \{| +version += "[^"]+")$/gm) ?? []).join('\n');

/**
 * Puts Terraform’s lock file beside every synthesised stack, so that `terraform init` takes the provider whose checksums
 * are committed. A lock of the same versions stays: Terraform has added the checksum of what it installed here, and
 * without that would install it anew.
 *
 * @param folder of the committed lock file
 * @param output folder that the stacks were synthesised into
 */
export function lockProviders(folder: string, output: string): void {
  const committed = join(folder, name);
  const wanted = versions(readFileSync(committed, 'utf8'));
  for (const stack of readdirSync(join(output, 'stacks'))) {
    const lock = join(output, 'stacks', stack, name);
    if (!existsSync(lock) || versions(readFileSync(lock, 'utf8')) !== wanted) copyFileSync(committed, lock);
  }
}
