import { tidelineCommands } from './tideline-commands.ts';

/**
 * Set by `tideline` to how a person typed it, for the program that it starts: `tideline`, `npx @tideline/cli` or
 * `npm run tideline --`. The name begins with no TIDELINE_, which is for fields of the description.
 */
export const startedAsVariable = '_TIDELINE_STARTED_AS';

type Variables = Readonly<Record<string, string | undefined>>;

/** Undefined where a program was not started by `tideline`. */
export const startedAs = (variables: Variables): string | undefined =>
  variables[startedAsVariable] === '' ? undefined : variables[startedAsVariable];

/** Commands that `tideline` spells as an option of another. */
const spelledAs: Readonly<Record<string, string>> = { 'pipeline init': 'deploy --first' };

/**
 * What a person types for a command of a program, in the way in which this process was started:
 * `tideline up`, or else `npm run twin -- up`.
 * @param script of the program, in the workspace’s package.json
 * @param subcommand empty where the program has none
 */
export function typedCommand(script: string, subcommand: string, variables: Variables): string {
  const prefix = startedAs(variables);
  if (prefix === undefined) return `npm run ${script} --${subcommand === '' ? '' : ` ${subcommand}`}`;
  return `${prefix} ${tidelineName(script, subcommand)}`;
}

function tidelineName(script: string, subcommand: string): string {
  const spelled = spelledAs[`${script} ${subcommand}`];
  if (spelled !== undefined) return spelled;
  const commands = tidelineCommands.filter((command) => command.script === script);
  const exact = commands.find(({ args }) => (args[0] ?? '') === subcommand);
  return exact?.name ?? `${script} ${subcommand}`.trim();
}
