import { createRequire } from 'node:module';
import type { Installation } from '../dispatch/installation.ts';

/** Packages that the stacks import: large, and not for everybody, so that npm does not install them with ours. */
const packages = ['cdktf', '@cdktf/provider-aws', 'constructs'] as const;

const listed = new Intl.ListFormat('en', { type: 'conjunction' });

/** What to do about packages that the bundle of the stacks would not find; null where all are there. */
export function missingPackages({ isPackage, program, peers }: Installation): string | null {
  if (!isPackage) return null;
  const { resolve } = createRequire(program('stacks').url);
  const missing = packages.filter((name) => {
    try {
      resolve(`${name}/package.json`);
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length === 0) return null;
  const wanted = packages.map((name) => `${name}@${peers[name] ?? 'latest'}`).join(' ');
  return `the stacks need ${listed.format(missing)} beside @tideline/cli, and ${missing.length === 1 ? 'it is' : 'they are'} not installed. Install them: npm install --save-dev ${wanted}`;
}
