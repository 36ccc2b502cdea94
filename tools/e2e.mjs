// The stacks of one preset, or of all, against the AWS emulator: `npm run e2e -- --preset load-driven`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

const suites = 'libs/aws-emulator/test/stacks';
const presets = readdirSync(suites).flatMap((file) => /^(.+)\.e2e\.test\.ts$/.exec(file)?.[1] ?? []);

const preset = wantedPreset();
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    '-c',
    'libs/aws-emulator/jest.e2e.config.mjs',
    '--verbose',
    `${suites}/${preset === 'all' ? '' : `${preset}\\.`}`,
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
  },
);
process.exit(status ?? 1);

function wantedPreset() {
  try {
    const { values } = parseArgs({ options: { preset: { type: 'string', default: 'all' } } });
    if (values.preset === 'all' || presets.includes(values.preset)) return values.preset;
    console.error(`--preset: got "${values.preset}"; allowed: all, ${presets.join(', ')}`);
  } catch (error) {
    console.error(`${error.message}\nUsage: npm run e2e -- [--preset all|${presets.join('|')}]`);
  }
  process.exit(2);
}
