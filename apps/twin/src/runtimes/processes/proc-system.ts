import { readFileSync, readdirSync } from 'node:fs';
import type { ProcessEntry, ProcessSystem } from './process-entry.ts';

/** USER_HZ, in which /proc counts CPU time: 100 on every architecture that Node runs on (proc_pid_stat(5)). */
const ticksPerSecond = 100;
const kiBPerMiB = 1024;

/** Linux: /proc. */
export const procSystem: ProcessSystem = {
  table: () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => parseStat(read(`/proc/${pid}/stat`)) ?? []),
  memoryMiB: (pids) => {
    const [only] = pids;
    if (only !== undefined && pids.length === 1) return residentMiB(only);
    return pids.reduce((sum, pid) => sum + (proportionalMiB(pid) ?? residentMiB(pid)), 0);
  },
};

/** One line of /proc/PID/stat (proc_pid_stat(5)); its second field, the name in parentheses, may hold anything. */
export function parseStat(stat: string): ProcessEntry | undefined {
  const pid = Number.parseInt(stat, 10);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const at = (field: number): number => Number(fields[field - 3]);
  if (!Number.isInteger(pid) || fields.length < 15) return undefined;
  return {
    pid,
    parent: at(4),
    group: at(5),
    session: at(6),
    isZombie: fields[0] === 'Z' || fields[0] === 'X',
    cpuSeconds: (at(14) + at(15) + at(16) + at(17)) / ticksPerSecond,
  };
}

const residentMiB = (pid: number): number => kiBIn(read(`/proc/${pid}/status`), 'VmRSS') ?? 0;

/** Each page divided by the number of processes that share it. */
const proportionalMiB = (pid: number): number | undefined => kiBIn(read(`/proc/${pid}/smaps_rollup`), 'Pss');

function kiBIn(text: string, name: string): number | undefined {
  const kiB = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(text)?.[1];
  return kiB === undefined ? undefined : Number(kiB) / kiBPerMiB;
}

/** Empty where the process has ended meanwhile, or is not ours to look at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
