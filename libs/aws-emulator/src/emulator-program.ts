import { resolve } from 'node:path';
import { type Program, UsageError, collect, exitCodes } from '@tideline/process';
import { startAwsEmulator } from './aws-emulator.ts';
import { exportLines } from './export-lines.ts';
import { startSharedProvider } from './provider/shared-provider.ts';
import { folderOfFiles, synthesisedTypes } from './provider/synthesised-types.ts';
import type { TaskProgram } from './tasks/task-processes.ts';
import { untilStopped } from './until-stopped.ts';

interface EmulatorOptions {
  readonly json: boolean;
  /** Folder of synthesised stacks. */
  readonly sharedProvider?: string;
  /** As `family=program`. */
  readonly taskProgram: readonly string[];
}

/** Ends a task with the emulator, however that ends: its end closes this pipe. */
const endsWithParent =
  'data:text/javascript,process.stdin.on("end",()=>process.kill(process.pid,"SIGTERM")).resume().unref()';

const readTaskProgram = (text: string): readonly [string, TaskProgram] => {
  const [, family, program] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (family === undefined || program === undefined)
    throw new UsageError(null, `--task-program: got "${text}"; allowed is <family>=<file of a Node program>`);
  return [family, { file: process.execPath, args: ['--import', endsWithParent, resolve(program)] }];
};

/** The command line of `npm run emulator`. */
export const emulatorProgram: Program = {
  name: 'emulator',
  description:
    'Starts an AWS emulator on a free port of 127.0.0.1, prints the environment to export, and runs until Ctrl-C.\n' +
    'The environment puts a docker of its own first on PATH, which pushes no image anywhere: it registers tags in the emulator.\n\n' +
    'Needs terraform, and moto_server (pip install -r tools/requirements.txt).',
  scripts: ['emulator'],
  // What keeps it from starting is a tool that is missing, or a folder without stacks.
  exitCodeOf: () => exitCodes.usage,
  define: (command, { act, stdout }) => {
    command
      .option('--json', 'print the environment as one JSON object', false)
      .option(
        '--shared-provider <folder>',
        'start the AWS provider once for all commands, named by TF_REATTACH_PROVIDERS: each then takes a fraction of its CPU time. ' +
          'The folder is where the stacks are synthesised to, such as cdktf.out: the provider serves the types that they name. Work on one stack at a time',
      )
      .option(
        '--task-program <family=file>',
        'Node program that takes the place of the image of tasks of this family: RunTask starts it, with the container’s command and variables; repeat for more',
        collect,
        [],
      )
      .action(
        act(async ({ json, sharedProvider, taskProgram }: EmulatorOptions) => {
          const taskPrograms = Object.fromEntries(taskProgram.map(readTaskProgram));
          const emulator = await startAwsEmulator({ taskPrograms });
          const { programs } = emulator;
          try {
            const provider =
              sharedProvider === undefined
                ? undefined
                : await startSharedProvider({
                    environment: emulator.environment,
                    types: () => synthesisedTypes(sharedProvider),
                    folder: folderOfFiles(sharedProvider),
                  });
            const environment = { ...emulator.environment, ...provider?.environment };
            const lines = json ? [JSON.stringify(environment)] : exportLines({ environment, programs });
            stdout.write(lines.map((line) => `${line}\n`).join(''));
            await untilStopped();
            await provider?.close();
          } finally {
            await emulator.close();
          }
          return exitCodes.done;
        }),
      );
  },
};
