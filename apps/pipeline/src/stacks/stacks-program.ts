import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What Node is given to write the stacks: their bundle beside this one in the package that npm installed; in the workspace a
 * tool that bundles them first where they have changed.
 */
export function stacksProgram(bundleUrl: string): readonly string[] {
  const root = new URL('../../', bundleUrl);
  const bundle = new URL('stacks/main.mjs', root);
  const isPackage = existsSync(new URL('package.json', root)) && existsSync(bundle);
  return isPackage ? [fileURLToPath(bundle)] : [join('tools', 'run.mjs'), 'stacks'];
}
