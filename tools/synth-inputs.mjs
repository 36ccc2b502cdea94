// Prints what a synthesis depends on besides files of this workspace: Nx hashes it, and restores an unchanged result.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const names = new Set(['AWS_ACCOUNT_ID', 'AWS_ENDPOINT_URL', 'GITHUB_REPOSITORY', 'CDKTF_OUTDIR']);
const facts = Object.entries(process.env)
  .filter(([name]) => name.startsWith('TIDELINE_') || names.has(name))
  .sort(([left], [right]) => (left < right ? -1 : 1));

console.log(JSON.stringify([...facts, ['configuration', contentsHash(process.env.TIDELINE_CONFIG)]]));

/** A file that cannot be read fails the synthesis itself, with a better message than this one could give. */
function contentsHash(file) {
  if (file === undefined || file === '') return '';
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return 'unreadable';
  }
}
