import { presetNames } from '@tideline/config';
import { type Command, Option } from 'commander';
import { type Variables, valueOf } from './described-environment.ts';
import { collect } from './option-values.ts';

interface DescriptionDefaults {
  /** Null: the command also works without a description. TIDELINE_PRESET and a file replace any other. @default load-driven */
  readonly preset?: string | null;
  readonly variables: Variables;
}

/** Adds `--preset`, `--config` and `--set`, which every command that reads a description takes. */
export function addDescriptionOptions(
  command: Command,
  { preset = 'load-driven', variables }: DescriptionDefaults,
): Command {
  const byDefault =
    preset === null ? '' : ` (default: TIDELINE_PRESET, else the one of the file, else ${preset})`;
  // `loadEnvironment` refuses an unknown name, whether an option or a variable gives it.
  const choice = new Option('--preset <name>', `environment to start from${byDefault}`)
    .choices(presetNames)
    .argParser((text: string) => text);
  if (preset !== null) {
    choice.default(valueOf('TIDELINE_PRESET', variables));
    command.setOptionValue('defaultPreset', preset);
  }
  return command
    .addOption(choice)
    .option(
      '--config <file>',
      `JSON, YAML, JavaScript or TypeScript file laid over the preset; TIDELINE_CONFIG where it is not given${preset === null ? '' : ', and with neither a preset nor a file named, tideline.config.* of the working directory'}`,
      preset === null ? undefined : valueOf('TIDELINE_CONFIG', variables),
    )
    .option('--set <path=value>', 'change one setting, such as capacity.max=8; repeat for more', collect, []);
}
