import { fileURLToPath } from 'node:url';
import { type TidelineCommand, startedAsVariable, tidelineCommands } from '@tideline/process/commands';
import { type Answer, answerTo } from './answer.ts';
import type { Installation } from './installation.ts';
import { print } from './print.ts';

/** Starts the program of the command that was typed, in this process: signals, terminal and exit code are its own. */
export async function dispatch(self: NodeJS.Process, installation: Installation): Promise<void> {
  const typed = self.argv.slice(2);
  const answer: Answer = answerTo(typed, {
    commands: tidelineCommands,
    typedAs: installation.typedAs(self.env),
    version: installation.version,
  });
  if (answer.kind === 'text') {
    await print(answer, self);
    return;
  }
  self.env[startedAsVariable] = installation.typedAs(self.env);
  await start(answer.command, { args: answer.args, self, installation });
}

interface Start {
  readonly args: readonly string[];
  readonly self: NodeJS.Process;
  readonly installation: Installation;
}

async function start(command: TidelineCommand, { args, self, installation }: Start): Promise<void> {
  const passed = [...command.args, ...args];
  if (command.project === 'apps/cli') {
    self.argv.splice(2, self.argv.length, ...passed);
    const { runOwnCommand } = await import('../own-commands.ts');
    self.exitCode = await runOwnCommand(self, installation);
    return;
  }
  if (needsStacks(passed, command)) {
    const { missingPackages } = await import('../synth/missing-packages.ts');
    const missing = missingPackages(installation);
    if (missing !== null) {
      await print({ text: `tideline ${command.name}: ${missing}\n`, exitCode: 2 }, self);
      return;
    }
  }
  const { url, before } = installation.program(command.project);
  self.argv.splice(1, self.argv.length, fileURLToPath(url), ...before, ...passed);
  await import(url.href);
}

/** Commands of the pipeline that write the stacks, before anything else can be known. */
const writing: readonly string[] = ['bootstrap', 'init', 'deploy', 'destroy', 'plan'];

function needsStacks([word = '', ...args]: readonly string[], { script }: TidelineCommand): boolean {
  const onlyTells = ['--help', '-h', '--version', '--dry-run'].some((option) => args.includes(option));
  return script === 'pipeline' && writing.includes(word) && !onlyTells;
}
