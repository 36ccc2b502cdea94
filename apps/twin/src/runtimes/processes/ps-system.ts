import { spawnSync } from 'node:child_process';
import type { ProcessEntry, ProcessSystem } from './process-entry.ts';

const kiBPerMiB = 1024;

/** Systems without /proc: POSIX `ps`. It tells no sessions, counts a page that processes share once for each, and no child that has ended. */
export const psSystem: ProcessSystem = {
  table: () => parseProcesses(ps('-A', '-o', 'pid=,ppid=,pgid=,state=,time=')),
  memoryMiB: (pids) =>
    pids.length === 0
      ? 0
      : ps('-o', 'rss=', '-p', pids.join(','))
          .split('\n')
          .reduce((sum, line) => sum + Number(line) / kiBPerMiB, 0),
};

const ps = (...args: readonly string[]): string => spawnSync('ps', args, { encoding: 'utf8' }).stdout;

export const parseProcesses = (text: string): readonly ProcessEntry[] =>
  text.split('\n').flatMap((line) => {
    const [pid, parent, group, state, time] = line.trim().split(/\s+/);
    if (time === undefined) return [];
    return {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: null,
      isZombie: state?.startsWith('Z') === true,
      cpuSeconds: parseTime(time),
    };
  });

/** `[[dd-]hh:]mm:ss`, on macOS with hundredths. */
function parseTime(time: string): number {
  const [days, clock] = time.includes('-') ? time.split('-') : ['0', time];
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}
