import { type Environment, loadEnvironment, presetNames } from '@tideline/config';
import { type Command, Option } from 'commander';
import { collect } from './option-values.ts';

/** Environment variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The options that say which environment a command is about. */
export interface DescriptionOptions {
  readonly preset: string;
  readonly config?: string;
  readonly set: readonly string[];
}

interface DescriptionDefaults {
  /** Null: the command also works without a description. TIDELINE_PRESET replaces any other. @default load-driven */
  readonly preset?: string | null;
  readonly variables: Variables;
}

/** Adds `--preset`, `--config` and `--set`, which every command that reads a description takes. */
export function addDescriptionOptions(
  command: Command,
  { preset = 'load-driven', variables }: DescriptionDefaults,
): Command {
  // `loadEnvironment` refuses an unknown name, whether an option or a variable gives it.
  const choice = new Option('--preset <name>', 'environment to start from')
    .choices(presetNames)
    .argParser((text: string) => text);
  if (preset !== null)
    choice.default(valueOf('TIDELINE_PRESET', variables) ?? preset, `TIDELINE_PRESET, else ${preset}`);
  return command
    .addOption(choice)
    .option(
      '--config <file>',
      'JSON, JavaScript or TypeScript file laid over the preset; TIDELINE_CONFIG where it is not given',
      preset === null ? undefined : valueOf('TIDELINE_CONFIG', variables),
    )
    .option('--set <path=value>', 'change one setting, such as capacity.max=8; repeat for more', collect, []);
}

/** The environment that the options describe, under TIDELINE_ variables. @throws ConfigurationError */
export const describedEnvironment = (
  { preset, config, set }: DescriptionOptions,
  variables: Variables,
): Promise<Environment> =>
  loadEnvironment({ preset, file: config ?? valueOf('TIDELINE_CONFIG', variables), set, variables });

/** GitHub gives a variable that is not set as an empty one. */
const valueOf = (name: 'TIDELINE_PRESET' | 'TIDELINE_CONFIG', variables: Variables): string | undefined =>
  variables[name] === '' ? undefined : variables[name];
