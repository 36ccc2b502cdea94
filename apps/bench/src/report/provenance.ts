import { execFile } from 'node:child_process';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which code ran, and on what machine. */
export interface Provenance {
  /** Commit of the checkout, `-dirty` when it was changed since; `unknown` outside a checkout. */
  readonly commit: string;
  readonly node: string;
  readonly cpus: number;
  readonly cpuModel: string;
  readonly platform: string;
  readonly memoryMiB: number;
  /** Processes that wanted a CPU during the last minute before the benchmark: above `cpus`, the machine was busy with other work. */
  readonly loadAverageBefore: number;
}

/** @param folder somewhere inside the checkout */
export async function provenance(folder: string): Promise<Provenance> {
  const processors = cpus();
  return {
    commit: await commit(folder),
    node: process.version,
    cpus: processors.length,
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    platform: `${type()} ${release()} ${arch()}`,
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    loadAverageBefore: loadavg()[0] ?? 0,
  };
}

async function commit(folder: string): Promise<string> {
  const options = { cwd: folder, timeout: 5000 };
  try {
    const { stdout: head } = await run('git', ['rev-parse', 'HEAD'], options);
    const { stdout: changes } = await run('git', ['status', '--porcelain'], options);
    return `${head.trim()}${changes.trim() === '' ? '' : '-dirty'}`;
  } catch {
    return 'unknown';
  }
}
