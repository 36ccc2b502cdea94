// One preset, or all, from its description to an empty account again: `npm run e2e -- --preset blue-green`. --help tells more.
import { spawnSync } from 'node:child_process';
import { presetNames } from './preset-names.mjs';
import { readOptions } from './read-options.mjs';

const stacks = 'libs/aws-emulator/test/stacks';
const help = `Usage: npm run e2e -- [--preset all|${presetNames.join('|')}] [--list]

Takes the stacks of a preset from their description to an empty account again, against the AWS emulator:
  1. synthesised, and accepted by terraform validate
  2. applied, planned again without a difference, changed, and destroyed until nothing is left
  3. for blue-green: init, a second release by “pipeline deploy”, one that an alarm rolls back, and destroy

  --preset   which preset (default: all)
  --list     print the suites, and run none
  --help     show this
  --version show the version

Exit codes: 0 all passed, 1 a suite failed, 2 refused.
`;

const { preset, list } = readOptions({
  command: 'e2e',
  options: {
    preset: { type: 'string', default: 'all', choices: ['all', ...presetNames] },
    list: { type: 'boolean', default: false },
  },
  help,
});
let failed = false;
for (const { config, suite, title } of suitesOf(preset)) {
  if (list) console.log(`${suite}${title === undefined ? '' : `: ${title}`}`);
  else if (!passes([suite, '-c', config, ...(title === undefined ? [] : ['-t', title])])) failed = true;
}
process.exit(failed ? 1 : 0);

function suitesOf(wanted) {
  const all = wanted === 'all';
  return [
    {
      config: 'stacks/jest.e2e.config.mjs',
      suite: 'stacks/test/validate.e2e.test.ts',
      title: all ? undefined : `accepts every stack of ${wanted} `,
    },
    {
      config: 'libs/aws-emulator/jest.e2e.config.mjs',
      suite: all ? stacks : `${stacks}/${wanted}.e2e.test.ts`,
    },
    ...(all || wanted === 'blue-green'
      ? [{ config: 'apps/pipeline/jest.e2e.config.mjs', suite: 'apps/pipeline/test/releases.e2e.test.ts' }]
      : []),
  ];
}

function passes(args) {
  // The releases are smoke-tested at the bundled backend.
  if (args[0].startsWith('apps/') && run(['tools/bundle.mjs', 'apps/api', '--if-changed']) !== 0)
    return false;
  return run(['node_modules/jest/bin/jest.js', '--verbose', ...args]) === 0;
}

function run(args) {
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
  });
  return status ?? 1;
}
