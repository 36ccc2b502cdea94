import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pluginCacheFolder, writeWhole } from '@tideline/process';
import { findProvider, providerFolder } from '../provider-mirror.ts';
import { lockFile, lockedProviderVersion } from './locked-version.ts';

const run = promisify(execFile);

/**
 * The program of the AWS provider in the version that the stacks are locked to. Where this machine has it neither in a
 * mirror nor in Terraform’s plugin cache, Terraform installs it into the cache first, once for all that ask for it.
 *
 * @throws Error with Terraform’s output when it cannot be installed
 */
export async function installedProvider(): Promise<string> {
  const version = lockedProviderVersion();
  const found = findProvider(version);
  if (found !== undefined) return found;
  await installProvider(pluginCacheFolder(process.env));
  const installed = findProvider(version);
  if (installed === undefined) throw new Error(`terraform init has not installed AWS provider ${version}`);
  return installed;
}

/**
 * Installs the provider beside a cache and moves it there: of several that do so at once, one wins.
 *
 * @param variables Terraform’s environment. @default this process’s
 */
export async function installProvider(cache: string, variables = process.env): Promise<void> {
  const version = lockedProviderVersion();
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, '.install-'));
  try {
    const aws = { source: 'hashicorp/aws', version };
    const configuration = { terraform: { required_providers: { aws } } };
    writeWhole(join(folder, 'main.tf.json'), JSON.stringify(configuration));
    writeWhole(join(folder, basename(lockFile)), await readFile(lockFile));
    await run('terraform', ['init', '-input=false', '-no-color'], {
      cwd: folder,
      env: { ...variables, TF_PLUGIN_CACHE_DIR: '', TF_DATA_DIR: '', CHECKPOINT_DISABLE: '1' },
    });
    const path = providerFolder(version);
    const target = join(cache, path);
    await mkdir(dirname(target), { recursive: true });
    await rename(join(folder, '.terraform', 'providers', path), target).catch((error: unknown) => {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['EEXIST', 'ENOTEMPTY'].includes(code)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
