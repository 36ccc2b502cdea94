import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hasPluginCache, pluginCacheFolder } from './plugin-cache.ts';

describe('Terraform’s plugin cache', () => {
  test.each([
    [{ TF_PLUGIN_CACHE_DIR: '/own', XDG_CACHE_HOME: '/cache' }, '/own'],
    [{ TF_PLUGIN_CACHE_DIR: '', XDG_CACHE_HOME: '/cache' }, '/cache/tideline/terraform-plugins'],
    [{}, join(homedir(), '.cache', 'tideline', 'terraform-plugins')],
  ])('with %j is %s', (variables, folder) => {
    expect(pluginCacheFolder(variables)).toBe(folder);
  });

  test('is the user’s own where a variable or the Terraform configuration names it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plugin-cache-'));
    const file = join(folder, 'terraform.rc');
    const configured = (content: string): boolean => {
      writeFileSync(file, content);
      return hasPluginCache({ TF_CLI_CONFIG_FILE: file });
    };
    expect(configured('plugin_cache_dir = "/own"\n')).toBe(true);
    expect(configured('# plugin_cache_dir = "/own"\n')).toBe(false);
    expect(hasPluginCache({ TF_CLI_CONFIG_FILE: join(folder, 'missing') })).toBe(false);
    expect(hasPluginCache({ TF_PLUGIN_CACHE_DIR: '/own' })).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
