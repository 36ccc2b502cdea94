import { type CommandName, type CommandOptions, optionDefaults } from './command-options.ts';

/** The command line that takes a run up at a step: every option that decides what the run does, unless it has its default. */
export const goOn = (command: CommandName, options: CommandOptions, resumeAt: string): string =>
  [`npm run pipeline -- ${command}`, ...settings(options), ...shape(options), `--from ${resumeAt}`].join(' ');

/** Which environment is meant. */
const settings = ({ preset, config, set }: CommandOptions): readonly string[] => [
  ...option('--preset', preset),
  ...option('--config', config),
  ...set.flatMap((setting) => option('--set', setting)),
];

/** What is done with it, and how. */
const shape = (options: CommandOptions): readonly string[] => [
  ...option('--environment-name', options.environmentName),
  ...(options.withState === true ? ['--with-state'] : []),
  ...option('--base', options.base),
  ...option('--base-image', options.baseImage),
  ...option('--url', options.url),
  ...option('--steady-deadline', options.steadyDeadline),
  ...option('--smoke-deadline', unlessDefault('smokeDeadline', options)),
  ...option('--out', unlessDefault('out', options)),
  ...option('--to', options.to),
];

const unlessDefault = (name: keyof typeof optionDefaults, options: CommandOptions) =>
  options[name] === optionDefaults[name] ? undefined : options[name];

const option = (name: string, value: string | number | undefined): readonly string[] =>
  value === undefined ? [] : [`${name} ${shellWord(String(value))}`];

/** As a POSIX shell reads it: plain where nothing in it means anything to a shell. */
const shellWord = (text: string): string =>
  /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
