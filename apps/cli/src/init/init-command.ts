import { basename } from 'node:path';
import { presetNames } from '@tideline/config';
import { type Program, choiceOption, configurationFiles, exitCodes, wholeNumber } from '@tideline/process';
import { Option } from 'commander';
import type { Installation } from '../dispatch/installation.ts';
import { completedByAnswers } from './ask.ts';
import { describeService } from './describe-service.ts';
import { detectService, firstFact } from './detect/detect-service.ts';
import type { GivenFacts } from './detect/detect-service.ts';
import { readFileOf, writeNew } from './folder.ts';
import { type Format, formats, renderDescription } from './render-description.ts';
import { refuseNothingFound, refuseUnpinned } from './refusals.ts';
import { serviceWorkflows, tidelinePlaceholder } from './workflows.ts';

interface InitOptions extends GivenFacts {
  readonly preset: string;
  readonly format?: Format;
  /** True: with a placeholder for where Tideline is. */
  readonly workflows?: string | true;
}

/** `tideline init`. */
export const initCommand = (installation: Installation): Program => ({
  name: 'init',
  description:
    'Describes the service of this folder in tideline.config.*: its Dockerfile, Procfile, start script or compose file says how it\n' +
    'starts and where it listens; options come before them. On a terminal it asks for what is missing. Overwrites nothing.',
  scripts: ['init'],
  define: (command, { act, stdout, typed }) => {
    command
      .option('--command <line>', 'command that starts the service on this machine')
      .option(
        '--port <n>',
        'port that the service listens on in its container',
        wholeNumber({ from: 1, to: 65_535 }),
      )
      .option('--dockerfile <file>', 'Dockerfile of the image (default: Dockerfile, where there is one)')
      .option('--health <path>', 'path that answers 200 while the service is well')
      .addOption(
        choiceOption('--preset <name>', 'what the description starts from', presetNames).default(
          'fargate-alb',
        ),
      )
      .addOption(
        choiceOption(
          '--format <format>',
          'of the file (default: ts where there is a package.json, else yaml)',
          formats,
        ),
      )
      .addOption(
        new Option(
          '--workflows [repository@commit]',
          `also write GitHub workflows, which call those of this repository of Tideline (default: ${tidelinePlaceholder}, to be replaced)`,
        ),
      )
      .addHelpText('after', notes(typed()))
      .action(
        act(async (options: InitOptions) => {
          stdout.write(await writeService(options, { installation, folder: process.cwd() }));
          return exitCodes.done;
        }),
      );
  },
});

interface Where {
  readonly installation: Installation;
  readonly folder: string;
}

/** @returns what to tell the person. @throws UsageError where something is in the way, or nothing says how the service starts */
async function writeService(options: InitOptions, { installation, folder }: Where): Promise<string> {
  const { preset, workflows, ...given } = options;
  const pinned = workflows === true ? tidelinePlaceholder : workflows;
  if (pinned !== undefined) refuseUnpinned(pinned);
  const read = readFileOf(folder);
  const facts = await completedByAnswers(given, { sources: detectService(read, given), terminal: process });
  const sources = detectService(read, facts);
  refuseNothingFound(sources, facts);
  const format = options.format ?? (read('package.json') === null ? 'yaml' : 'ts');
  const entries = describeService({ sources, preset, folderName: basename(folder) });
  const file = `tideline.config.${format}`;
  const fields = format === 'ts' ? 'configuration.md' : 'environment.schema.json';
  const schema = installation.isPackage
    ? `./node_modules/@tideline/cli/${fields}`
    : installation.file(fields, `docs/reference/${fields}`);
  const files = [
    { name: file, text: renderDescription(entries, format, schema) },
    ...(pinned === undefined ? [] : serviceWorkflows(pinned)),
  ];
  writeNew(folder, { files, inTheWay: configurationFiles });
  return summary(
    files.map(({ name }) => name),
    { pinned, prefix: installation.typedAs(process.env), sources },
  );
}

interface Told {
  readonly pinned: string | undefined;
  readonly prefix: string;
  readonly sources: ReturnType<typeof detectService>;
}

function summary(names: readonly string[], { pinned, prefix, sources }: Told): string {
  const said = (['command', 'port', 'build', 'image'] as const).flatMap((key) => {
    const fact = firstFact(sources, key);
    const value = typeof fact?.value === 'object' ? fact.value.dockerfile : fact?.value;
    return fact === null ? [] : [`  ${key.padEnd(8)} ${value} (${fact.file})\n`];
  });
  const replace =
    pinned === tidelinePlaceholder
      ? `Replace ${tidelinePlaceholder.split('@').join(' and ')} in the workflows by the repository of Tideline and the commit to use.\n`
      : '';
  return `wrote ${names.join(', ')}\n${said.join('')}${replace}Next: ${prefix} up\n`;
}

const notes = (init: string): string => `
Examples:
  ${init}
  ${init} --command 'python3 server.py' --port 8000 --health /healthz
  ${init} --dockerfile docker/Dockerfile --format yaml --workflows

Exit codes: 0 written, 2 wrong options, a file is in the way, or nothing says how the service starts, 3 a file could not be written, 130 interrupted.`;
