import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasPluginCache, pluginCacheFolder } from '@tideline/process';
import { findProviderMirror, mirrorConfiguration } from './provider-mirror.ts';

export interface EmulatorEnvironmentInput {
  readonly url: string;
  readonly region: string;
  /** Where the files may be written. */
  readonly folder: string;
  /** @default found under the standard prefixes */
  readonly mirror?: string | undefined;
  /** The caller’s own TF_CLI_CONFIG_FILE. @default the process’s environment */
  readonly userConfiguration?: string | undefined;
}

export interface EmulatorEnvironment {
  readonly environment: Readonly<Record<string, string>>;
  /** Contents by file name: they must exist before the environment is used. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The variables that point AWS’s SDKs and Terraform at the emulator. Credentials and configuration files are replaced
 * as a whole, so that nothing can reach a real account by a profile of the user’s.
 */
export function emulatorEnvironment(input: EmulatorEnvironmentInput): EmulatorEnvironment {
  const { url, region, folder } = input;
  const mirror = 'mirror' in input ? input.mirror : findProviderMirror();
  const userConfiguration =
    'userConfiguration' in input ? input.userConfiguration : process.env.TF_CLI_CONFIG_FILE;
  const noProfiles = join(folder, 'no-profiles');
  const terraformConfiguration = join(folder, 'terraform.rc');
  // A user’s configuration that exists knows better where providers are.
  const keepsUserConfiguration = userConfiguration !== undefined && existsSync(userConfiguration);
  const usesMirror = mirror !== undefined && !keepsUserConfiguration;
  return {
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCOUNT_ID: '123456789012',
      AWS_CONFIG_FILE: noProfiles,
      AWS_SHARED_CREDENTIALS_FILE: noProfiles,
      AWS_EC2_METADATA_DISABLED: 'true',
      // An operation that moto lacks answers 500 each time: 25 retries would look like a hang of ten minutes.
      AWS_MAX_ATTEMPTS: '2',
      CHECKPOINT_DISABLE: '1',
      // A mirror is linked to, not copied; cdktf’s cache beside it would only be one more folder to fill.
      // Else each stack downloads its own copy.
      ...(!usesMirror &&
        !hasPluginCache(process.env) && { TF_PLUGIN_CACHE_DIR: pluginCacheFolder(process.env) }),
      ...(usesMirror && { TF_CLI_CONFIG_FILE: terraformConfiguration, CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1' }),
    },
    files: {
      [noProfiles]: '',
      ...(usesMirror && { [terraformConfiguration]: mirrorConfiguration(mirror) }),
    },
  };
}
