import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '@tideline/process/files';

const name = '.terraform.lock.hcl';
/** The lines that say which provider, which version and which checksums. */
const facts = (lock: string): readonly string[] =>
  lock.match(/^(?:provider "[^"]+" \{| +version += "[^"]+"| +"(?:h1|zh):[^"]+",)$/gm) ?? [];

/**
 * Puts Terraform’s lock file beside every synthesised stack, so that `terraform init` takes the provider whose checksums
 * are committed. A lock that has all of them stays: Terraform has added the checksum of what it installed here, and without
 * that would install it anew. One that lacks some may be of an unchecked provider.
 *
 * @param folder of the committed lock file
 * @param output folder that the stacks were synthesised into
 */
export function lockProviders(folder: string, output: string): void {
  const committed = join(folder, name);
  const wanted = facts(readFileSync(committed, 'utf8'));
  for (const stack of readdirSync(join(output, 'stacks'))) {
    const lock = join(output, 'stacks', stack, name);
    const found = new Set(existsSync(lock) ? facts(readFileSync(lock, 'utf8')) : []);
    if (!wanted.every((line) => found.has(line))) writeWhole(lock, readFileSync(committed));
  }
}
