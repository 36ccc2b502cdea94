import { createRequire } from 'node:module';
import type { Installation } from '../dispatch/installation.ts';

/** Packages that the stacks import: large, and not for everybody, so that npm does not install them with ours. */
const packages = ['cdktf', '@cdktf/provider-aws', 'constructs'] as const;

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
  return `the stacks need ${missing.join(' and ')}, which ${missing.length === 1 ? 'is' : 'are'} not installed beside @tideline/cli. Install them: npm install --save-dev ${wanted}`;
}
