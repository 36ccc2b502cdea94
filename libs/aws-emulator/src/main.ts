import { parseArgs } from 'node:util';
import { startAwsEmulator } from './aws-emulator.ts';
import { exportLines } from './export-lines.ts';
import { startSharedProvider } from './provider/shared-provider.ts';
import { synthesisedTypes } from './provider/synthesised-types.ts';
import { untilStopped } from './until-stopped.ts';

const help = `Usage: npm run emulator [-- [--json] [--shared-provider FOLDER]]

Starts an AWS emulator on a free port of 127.0.0.1, prints the environment to export, and runs until Ctrl-C.
The environment puts a docker of its own first on PATH, which pushes no image anywhere: it registers tags in the emulator.

  --json             print the environment as one JSON object
  --shared-provider  start the AWS provider once for all commands, named by TF_REATTACH_PROVIDERS: each then takes
                     a fraction of its CPU time. FOLDER is where the stacks are synthesised to, such as cdktf.out:
                     the provider serves the types that they name. Work on one stack at a time
  --help             show this

Needs terraform, and moto_server (pip install -r tools/requirements.txt).
`;

try {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      'shared-provider': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(help);
  else await run(values.json ? 'json' : 'exports', values['shared-provider']);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n\n${help}`);
  process.exitCode = 2;
}

async function run(format: 'json' | 'exports', synthesised: string | undefined): Promise<void> {
  const emulator = await startAwsEmulator();
  const { programs } = emulator;
  try {
    const provider =
      synthesised === undefined
        ? undefined
        : await startSharedProvider({
            environment: emulator.environment,
            types: () => synthesisedTypes(synthesised),
          });
    const environment = { ...emulator.environment, ...provider?.environment };
    const lines = format === 'json' ? [JSON.stringify(environment)] : exportLines({ environment, programs });
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    await untilStopped();
    await provider?.close();
  } finally {
    await emulator.close();
  }
}
