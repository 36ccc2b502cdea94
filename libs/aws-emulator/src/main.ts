import { startAwsEmulator } from './aws-emulator.ts';
import { untilStopped } from './until-stopped.ts';

const emulator = await startAwsEmulator();
process.stdout.write(
  process.argv.includes('--json')
    ? `${JSON.stringify(emulator.environment)}\n`
    : Object.entries(emulator.environment)
        .map(([name, value]) => `export ${name}=${value}\n`)
        .join(''),
);
await untilStopped();
await emulator.close();
