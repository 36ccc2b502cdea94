import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Ids of everything that a process started, and that those started in turn.
 *
 * @param program begin of the program’s name, at most 15 letters; some systems keep no more. @default every program
 */
export function descendants(pid: number, program = ''): readonly number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .map(([child, of, path = '']) => ({ child: Number(child), of: Number(of), name: basename(path) }));
  const below = (parent: number): typeof rows =>
    rows.filter(({ of }) => of === parent).flatMap((row) => [row, ...below(row.child)]);
  return below(pid)
    .filter(({ name }) => name.startsWith(program))
    .map(({ child }) => child);
}

export const isAlive = (pid: number): boolean => signal(pid, 0);

/** False when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
