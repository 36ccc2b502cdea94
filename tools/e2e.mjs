// The stacks of one preset, or of all, against the AWS emulator: `npm run e2e -- --preset load-driven`.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { preset: { type: 'string', default: 'all' } } });

const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '-c', 'libs/aws-emulator/jest.e2e.config.mjs', '--runInBand', 'stacks'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      ...(values.preset !== 'all' && { E2E_PRESETS: values.preset }),
    },
  },
);
process.exit(status ?? 1);
