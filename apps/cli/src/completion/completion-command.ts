import { type Program, exitCodes } from '@tideline/process';
import { tidelineCommands } from '@tideline/process/commands';
import { Argument } from 'commander';
import { bashCompletion } from './bash.ts';
import commandOptions from './command-options.json' with { type: 'json' };
import type { CompletedCommand } from './completed-command.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
type Shell = keyof typeof shells;

/** `tideline completion <shell>`. */
export const completionCommand = (): Program => ({
  name: 'completion',
  description: 'Prints the completion of a shell: commands, options, and the values that an option allows.',
  scripts: ['completion'],
  define: (command, { act, stdout, typed }) => {
    command
      .addArgument(new Argument('<shell>', 'shell to complete in').choices(Object.keys(shells)))
      .addHelpText('after', installation(typed()))
      .action(
        act((shell: Shell) => {
          stdout.write(completionOf(shell));
          return Promise.resolve(exitCodes.done);
        }),
      );
  },
});

/** The script of a shell. */
export const completionOf = (shell: Shell): string => shells[shell](completedCommands());

/** Every command with the options that its help lists; a test compares the two. */
function completedCommands(): readonly CompletedCommand[] {
  const known: Readonly<Record<string, Omit<CompletedCommand, 'name' | 'summary'>>> = commandOptions;
  return tidelineCommands.map(({ name, summary }) => ({
    ...{ name, summary },
    ...(known[name] ?? { options: [], words: [] }),
  }));
}

const installation = (completion: string): string => `
Examples:
  ${completion} bash > ~/.local/share/bash-completion/completions/tideline
  ${completion} zsh > "\${fpath[1]}/_tideline"
  ${completion} fish > ~/.config/fish/completions/tideline.fish

They complete the command tideline, which npm install --global @tideline/cli puts on the path.`;
