import { readFileSync, readdirSync } from 'node:fs';

/** USER_HZ, in which Linux reports CPU times to programs: 100 a second whatever the kernel’s own tick is (proc(5)). */
const microsecondsPerTick = 10_000;

/** A process as `/proc/<pid>/stat` describes it. */
export interface ProcessTime {
  readonly pid: number;
  readonly parentPid: number;
  /** User and system time of all its threads. */
  readonly cpuMicroseconds: number;
}

/** @param stat content of `/proc/<pid>/stat`: the name in its parentheses may itself hold blanks and parentheses */
export function parseProcessTime(stat: string): ProcessTime {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Fields 4, 14 and 15 of proc(5); the third is the first behind the name.
  const [parentPid, user, system] = [fields[1], fields[11], fields[12]].map(Number);
  return {
    pid: Number.parseInt(stat, 10),
    parentPid: parentPid ?? NaN,
    cpuMicroseconds: ((user ?? NaN) + (system ?? NaN)) * microsecondsPerTick,
  };
}

/** CPU time that a process and all processes below it have used so far. @throws RangeError when there is no such process */
export function cpuMicrosecondsOf(pid: number, processes: readonly ProcessTime[] = allProcesses()): number {
  const found = processes.filter((process) => process.pid === pid);
  if (found.length === 0) throw new RangeError(`process ${pid} has ended`);
  for (const { pid: parent } of found)
    found.push(...processes.filter(({ parentPid }) => parentPid === parent));
  return found.reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0);
}

function allProcesses(): readonly ProcessTime[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseProcessTime(readFileSync(`/proc/${name}/stat`, 'utf8'))];
      } catch {
        return []; // it has ended since
      }
    });
}
