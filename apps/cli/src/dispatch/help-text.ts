import { commandGroups } from '@tideline/process/commands';
import type { AnswerFacts } from './answer.ts';

/** The help of `tideline`: its commands in groups. */
export function helpText({ commands, typedAs }: Pick<AnswerFacts, 'commands' | 'typedAs'>): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const groups = commandGroups.map((group) => {
    const lines = commands
      .filter((command) => command.group === group)
      .map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`);
    return `${group}\n${lines.join('')}`;
  });
  return `Usage: ${typedAs} <command> [options]

Runs an HTTP service on this machine as AWS would scale it, and deploys it by the same description.

${groups.join('\n')}
Options
  ${'--help'.padEnd(width)}  show this, or what a command takes: ${typedAs} up --help
  ${'--version'.padEnd(width)}  show the version

Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 a file was not written, 130 interrupted.
`;
}
