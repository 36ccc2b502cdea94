import { readFileSync } from 'node:fs';

/** Tells a process from a later one of the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** Its start in ticks since the machine’s, where the system says so. */
  readonly startTicks?: string | undefined;
}

export const markOf = (pid: number): ProcessMark => ({ pid, startTicks: startTicksOf(pid) });

/** Whether the process, and no later one of its number, still runs; where the system tells no starts, any of that number. */
export function isRunning({ pid, startTicks }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Someone else’s process may not be signalled, but it is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startTicksOf(pid);
  return startTicks === undefined || now === undefined || now === startTicks;
}

/** Field 22 of Linux’s /proc/PID/stat (proc(5)); the second, the name in parentheses, may itself hold spaces. */
function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
