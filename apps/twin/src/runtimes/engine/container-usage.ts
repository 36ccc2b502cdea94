import { readFileSync } from 'node:fs';
import type { TaskUsage } from '../../tasks/task-runtime.ts';
import { ProcessTree } from '../processes/process-tree.ts';
import type { Engine } from './engine.ts';

/**
 * CPU time and memory of a container: of its processes where they run on this machine, else by the engine’s own statistics,
 * whose share of the moment counts for the time since the reading before.
 */
export class ContainerUsage {
  readonly #engine: Engine;
  readonly #name: string;
  #tree: ProcessTree | null | undefined;
  #last = { cpuSeconds: 0, readAtMs: performance.now() };

  constructor(engine: Engine, name: string) {
    this.#engine = engine;
    this.#name = name;
  }

  async read(): Promise<TaskUsage | undefined> {
    this.#tree ??= await this.#find();
    return this.#tree === null ? this.#statistics() : this.#tree?.usage();
  }

  /** Null where the engine’s processes are those of another machine, a virtual one for instance; undefined where nothing runs. */
  async #find(): Promise<ProcessTree | null | undefined> {
    const { exitCode, stdout } = await this.#engine.run([
      ...['inspect', '--format', '{{.State.Pid}} {{.Id}}', this.#name],
    ]);
    const [pid = '0', id = ''] = stdout.trim().split(' ');
    if (exitCode !== 0 || pid === '0' || id === '') return undefined;
    return cgroupOf(pid).includes(id) ? new ProcessTree(Number(pid)) : null;
  }

  async #statistics(): Promise<TaskUsage | undefined> {
    const { exitCode, stdout } = await this.#engine.run([
      ...['stats', '--no-stream', '--format', '{{.CPUPerc}} {{.MemUsage}}', this.#name],
    ]);
    const reading = exitCode === 0 ? parseStatistics(stdout) : undefined;
    if (reading === undefined) return undefined;
    const readAtMs = performance.now();
    const elapsedSeconds = (readAtMs - this.#last.readAtMs) / 1000;
    const cpuSeconds = this.#last.cpuSeconds + (reading.cpuPercent / 100) * elapsedSeconds;
    this.#last = { cpuSeconds, readAtMs };
    return { ...this.#last, memoryMiB: reading.memoryMiB };
  }
}

function cgroupOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  } catch {
    return '';
  }
}

/** By docker in powers of 1024 (MiB), by podman in powers of 1000 (MB). */
const mebibytes: Readonly<Record<string, number>> = {
  B: 1 / 2 ** 20,
  kB: 1e3 / 2 ** 20,
  KiB: 1 / 1024,
  MB: 1e6 / 2 ** 20,
  MiB: 1,
  GB: 1e9 / 2 ** 20,
  GiB: 1024,
};

/** `12.34% 100MiB / 512MiB` */
export function parseStatistics(
  text: string,
): { readonly cpuPercent: number; readonly memoryMiB: number } | undefined {
  const [, cpu, memory, unit = ''] = /^\s*([\d.]+)%\s+([\d.]+)\s*([A-Za-z]+)/.exec(text) ?? [];
  const factor = mebibytes[unit];
  return factor === undefined ? undefined : { cpuPercent: Number(cpu), memoryMiB: Number(memory) * factor };
}
