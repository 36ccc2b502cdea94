import { deploymentVariables } from '@tideline/config';
import { typedCommand } from '@tideline/process';
import { type CommandName, type CommandOptions, optionDefaults } from './command-options.ts';

/** What a run was started with. */
export interface Invocation {
  readonly command: CommandName;
  readonly options: CommandOptions;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The command line that takes a run up at a step: every option that decides what the run does, unless it has its default. */
export const goOn = ({ command, options, variables }: Invocation, resumeAt: string): string =>
  [...same(command, { options, variables }), ...shape(options), `--from ${resumeAt}`].join(' ');

/** The command line that writes the stacks of the same environment into the same folder, and changes nothing. */
export const synthesisOnly = (invocation: Omit<Invocation, 'command'>): string =>
  [...same('plan', invocation), ...folder(invocation.options), '--to network'].join(' ');

/** The command line that bootstraps the same environment. */
export const bootstrapOf = (invocation: Omit<Invocation, 'command'>): string =>
  same('bootstrap', invocation).join(' ');

/** A command for the same environment, on any machine: variables that set fields of the description are part of it. */
const same = (
  command: CommandName,
  { options, variables }: Omit<Invocation, 'command'>,
): readonly string[] => [
  ...Object.entries(variables)
    .filter(([name]) => name.startsWith('TIDELINE_') && !(name in deploymentVariables))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, value = '']) => (value === '' ? [] : [`${name}=${shellWord(value)}`])),
  typedCommand('pipeline', command, variables),
  ...settings(options),
];

const settings = ({ preset, config, set }: CommandOptions): readonly string[] => [
  ...option('--preset', preset),
  ...option('--config', config),
  ...set.flatMap((setting) => option('--set', setting)),
];

/** What is done with it, and how. */
const shape = (options: CommandOptions): readonly string[] => [
  ...option('--environment-name', options.environmentName),
  ...(options.withState === true ? ['--with-state'] : []),
  ...(options.convertPreset === true ? ['--convert-preset'] : []),
  ...(options.whereDeployed === true ? ['--where-deployed'] : []),
  ...option('--base', options.base),
  ...option('--base-image', options.baseImage),
  ...option('--url', options.url),
  ...option('--steady-deadline', options.steadyDeadline),
  ...option('--smoke-deadline', unlessDefault('smokeDeadline', options)),
  ...folder(options),
  ...option('--to', options.to),
];

const folder = (options: CommandOptions): readonly string[] => option('--out', unlessDefault('out', options));

const unlessDefault = (name: keyof typeof optionDefaults, options: CommandOptions) =>
  options[name] === optionDefaults[name] ? undefined : options[name];

const option = (name: string, value: string | number | undefined): readonly string[] =>
  value === undefined ? [] : [`${name} ${shellWord(String(value))}`];

/** As a POSIX shell reads it: plain where nothing in it means anything to a shell. */
const shellWord = (text: string): string =>
  /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
