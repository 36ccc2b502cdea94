import { type Program, runProgram } from '@tideline/process';
import type { Installation } from './dispatch/installation.ts';

/** Commands that no other bundle does, each loaded on demand. */
const programs: Readonly<Record<string, (installation: Installation) => Promise<Program>>> = {
  init: async (installation) => (await import('./init/init-command.ts')).initCommand(installation),
  import: async () => (await import('./import/import-program.ts')).importProgram,
  synth: async (installation) => (await import('./synth/synth-command.ts')).synthCommand(installation),
  doctor: async (installation) => (await import('./doctor/doctor-command.ts')).doctorCommand(installation),
  completion: async () => (await import('./completion/completion-command.ts')).completionCommand(),
};

/** @param self whose third argument is the command. @returns the exit code */
export async function runOwnCommand(self: NodeJS.Process, installation: Installation): Promise<number> {
  const { argv, env, stdout, stderr } = self;
  const [node = '', file = '', name = '', ...args] = argv;
  const program = await programs[name]?.(installation);
  if (program === undefined) throw new Error(`apps/cli has no command ${name}`);
  return runProgram(program, { argv: [node, file, ...args], env, stdout, stderr });
}
