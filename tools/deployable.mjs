// Prints `deployable=false` where a change, from BASE to HEAD, reaches nothing that a deploy builds or applies; else `true`:
// also for files that it does not know, as a configuration may be anywhere, and where there is nothing to compare with.
import { spawnSync } from 'node:child_process';

/** Documents, tests, and the programs that run on a developer’s machine only. */
const notDeployed = [
  'LICENSE',
  'docs',
  '*.md',
  '*/test/*',
  '*.test.ts',
  'apps/twin',
  'apps/bench',
  'apps/cost',
  'apps/planner',
];

const { BASE: base = '', HEAD: head = 'HEAD' } = process.env;
const pathspecs = notDeployed.map((path) => `:(exclude)${path}`);
const { status } = spawnSync('git', ['diff', '--quiet', base, head, '--', '.', ...pathspecs]);
// 0: no difference; 1: some; 128: no such commit, as before the first push of a branch.
process.stdout.write(`deployable=${status !== 0}\n`);
