import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Variables } from './described-environment.ts';

/**
 * Folder in which Terraform keeps each version of a provider once, for every stack and every clone: the user’s own, else
 * one under the user’s cache folder. Terraform takes only a folder that exists.
 */
export const pluginCacheFolder = (variables: Variables): string =>
  filled(variables.TF_PLUGIN_CACHE_DIR) ??
  join(filled(variables.XDG_CACHE_HOME) ?? join(homedir(), '.cache'), 'tideline', 'terraform-plugins');

/** Whether the user’s environment or Terraform configuration names a cache already. */
export function hasPluginCache(variables: Variables): boolean {
  if (filled(variables.TF_PLUGIN_CACHE_DIR) !== undefined) return true;
  const file = filled(variables.TF_CLI_CONFIG_FILE) ?? join(homedir(), '.terraformrc');
  try {
    return /^\s*plugin_cache_dir\s*=/m.test(readFileSync(file, 'utf8'));
  } catch {
    // A configuration that is missing names nothing.
    return false;
  }
}

const filled = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
