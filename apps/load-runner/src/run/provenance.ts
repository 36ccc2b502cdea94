import { execFile } from 'node:child_process';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { RunRecord } from '@tideline/evidence';
import packageJson from '../../package.json' with { type: 'json' };

const run = promisify(execFile);

/** Which code ran, and on what machine. */
export async function provenance(): Promise<RunRecord['provenance']> {
  const processors = cpus();
  return {
    commit: await commit(import.meta.dirname),
    node: process.version,
    cpus: Math.max(1, processors.length),
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    platform: `${type()} ${release()} ${arch()}`,
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    tideline: packageJson.version,
  };
}

/** The checkout that this program came from, wherever it was started. */
async function commit(directory: string): Promise<string> {
  const options = { cwd: directory, timeout: 5000 };
  try {
    const { stdout: head } = await run('git', ['rev-parse', 'HEAD'], options);
    const { stdout: changes } = await run('git', ['status', '--porcelain'], options);
    return `${head.trim()}${changes.trim() === '' ? '' : '-dirty'}`;
  } catch {
    return 'unknown';
  }
}
