import { parseArgs } from 'node:util';
import { startAwsEmulator } from './aws-emulator.ts';
import { exportLines } from './export-lines.ts';
import { untilStopped } from './until-stopped.ts';

const help = `Usage: npm run emulator [-- --json]

Starts an AWS emulator on a free port of 127.0.0.1, prints the environment to export, and runs until Ctrl-C.
The environment puts a docker of its own first on PATH, which pushes no image anywhere: it registers tags in the emulator.

  --json  print the environment as one JSON object
  --help  show this

Needs terraform, and moto_server (pip install -r tools/requirements.txt).
`;

try {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) process.stdout.write(help);
  else await run(values.json ? 'json' : 'exports');
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n\n${help}`);
  process.exitCode = 2;
}

async function run(format: 'json' | 'exports'): Promise<void> {
  const emulator = await startAwsEmulator();
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify(emulator.environment)}\n`
      : exportLines(emulator)
          .map((line) => `${line}\n`)
          .join(''),
  );
  await untilStopped();
  await emulator.close();
}
