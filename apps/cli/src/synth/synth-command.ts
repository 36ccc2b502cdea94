import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type DescriptionOptions,
  type Program,
  UsageError,
  addDescriptionOptions,
  exitCodes,
} from '@tideline/process';
import type { Installation } from '../dispatch/installation.ts';
import { missingPackages } from './missing-packages.ts';
import { stacksInOrder } from './stacks-in-order.ts';

interface SynthOptions extends DescriptionOptions {
  readonly out: string;
}

/** `tideline synth`: the stacks as Terraform reads them, in a folder. */
export const synthCommand = (installation: Installation): Program => ({
  name: 'synth',
  description:
    'Writes the stacks of the description as Terraform reads them. Deploys nothing, and asks AWS nothing.',
  scripts: ['synth'],
  define: (command, { act, env, stdout, typed }) => {
    addDescriptionOptions(command, { variables: env })
      .option('--out <dir>', 'folder that the stacks are written into', env.CDKTF_OUTDIR ?? 'cdktf.out')
      .addHelpText('after', notes(typed()))
      .action(
        act(async (options: SynthOptions) => {
          const missing = missingPackages(installation);
          if (missing !== null) throw new UsageError(null, missing);
          await writeStacks(options, installation);
          if (typeof process.exitCode === 'number' && process.exitCode !== 0) return process.exitCode;
          const manifest = readFileSync(join(options.out, 'manifest.json'), 'utf8');
          stdout.write(stacksInOrder(manifest, options.out));
          if ((env.AWS_ACCOUNT_ID ?? '') === '')
            stdout.write('AWS_ACCOUNT_ID is not set: names carry the placeholder account 000000000000.\n');
          return exitCodes.done;
        }),
      );
  },
});

/** The bundle of the stacks is a program: it reads its arguments, and sets the exit code. */
async function writeStacks(
  { preset, config, set, out }: SynthOptions,
  installation: Installation,
): Promise<void> {
  const { url, before } = installation.program('stacks');
  const named = [
    ...(preset === undefined ? [] : ['--preset', preset]),
    ...(config === undefined ? [] : ['--config', config]),
    ...set.flatMap((setting) => ['--set', setting]),
  ];
  process.env.CDKTF_OUTDIR = out;
  process.argv.splice(1, process.argv.length, fileURLToPath(url), ...before, ...named);
  await import(url.href);
}

const notes = (synth: string): string => `
Examples:
  ${synth}
  ${synth} --preset fargate-alb --set capacity.max=12 --out terraform

Needs the packages cdktf, @cdktf/provider-aws and constructs beside @tideline/cli.
Exit codes: 0 written, 2 wrong options or configuration, or a package is missing, 3 a file could not be written, 130 interrupted.`;
