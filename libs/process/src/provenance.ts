import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Wall time within which git has to answer. */
const gitTimeoutMs = 5000;

/** Which code ran, and on what machine. */
export interface Provenance {
  /** Commit of the checkout, `-dirty` when it was changed since; `unknown` outside a checkout. */
  readonly commit: string;
  readonly node: string;
  readonly cpus: number;
  readonly cpuModel: string;
  readonly platform: string;
  readonly memoryMiB: number;
}

/** @param folder somewhere inside the checkout that the program came from, wherever it was started */
export async function provenance(folder: string): Promise<Provenance> {
  const processors = cpus();
  return {
    commit: await commitOf(folder),
    node: process.version,
    // Some systems do not say.
    cpus: Math.max(1, processors.length),
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    platform: `${type()} ${release()} ${arch()}`,
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
  };
}

/** The commit of the checkout, or of the installed package, that a folder is in, as `Provenance` has it. */
export async function commitOf(folder: string): Promise<string> {
  const packed = await packedCommit(folder);
  if (packed !== undefined) return packed;
  const options = { cwd: folder, timeout: gitTimeoutMs };
  try {
    const { stdout: head } = await run('git', ['rev-parse', 'HEAD'], options);
    const { stdout: changes } = await run('git', ['status', '--porcelain'], options);
    return `${head.trim()}${changes.trim() === '' ? '' : '-dirty'}`;
  } catch {
    return 'unknown';
  }
}

/**
 * The commit that tools/pack.mjs wrote into the package whose bundle this is: the checkout around an installed package is
 * the user’s.
 */
async function packedCommit(folder: string): Promise<string | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, '..', '..', 'package.json'), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('name' in manifest)) return undefined;
    if (manifest.name !== '@tideline/cli') return undefined;
    return 'gitHead' in manifest ? String(manifest.gitHead) : 'unknown';
  } catch {
    return undefined;
  }
}
