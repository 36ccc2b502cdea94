import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pluginCacheFolder } from '@tideline/process';
import { findProvider, providerFolder } from '../provider-mirror.ts';

const run = promisify(execFile);
const stacks = join(import.meta.dirname, '..', '..', '..', '..', 'stacks');
const lockFile = '.terraform.lock.hcl';

/**
 * The program of the AWS provider in the version that the stacks are locked to. Where this machine has it neither in a
 * mirror nor in Terraform’s plugin cache, Terraform installs it into the cache first, once for all that ask for it.
 *
 * @throws Error with Terraform’s output when it cannot be installed
 */
export async function installedProvider(): Promise<string> {
  const version = await lockedVersion();
  const found = findProvider(version);
  if (found !== undefined) return found;
  await installProvider(version, pluginCacheFolder(process.env));
  const installed = findProvider(version);
  if (installed === undefined) throw new Error(`terraform init has not installed AWS provider ${version}`);
  return installed;
}

/** Installs beside the cache and moves the result into it: of several that do so at once, one wins. */
async function installProvider(version: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, '.install-'));
  try {
    const aws = { source: 'hashicorp/aws', version };
    const configuration = { terraform: { required_providers: { aws } } };
    await writeFile(join(folder, 'main.tf.json'), JSON.stringify(configuration));
    await copyFile(join(stacks, lockFile), join(folder, lockFile));
    await run('terraform', ['init', '-input=false', '-no-color'], {
      cwd: folder,
      env: { ...process.env, TF_PLUGIN_CACHE_DIR: '', TF_DATA_DIR: '', CHECKPOINT_DISABLE: '1' },
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

async function lockedVersion(): Promise<string> {
  const text = await readFile(join(stacks, lockFile), 'utf8');
  const version = /^provider "registry\.terraform\.io\/hashicorp\/aws" \{\s+version += "([^"]+)"/m.exec(
    text,
  )?.[1];
  if (version === undefined) throw new Error(`stacks/${lockFile} names no version of the AWS provider`);
  return version;
}
