import { execFileSync } from 'node:child_process';

/** Whether a process of that id runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A process, everything that it started, and what those started in turn. */
export function processTree(root: number): readonly { readonly pid: number; readonly line: string }[] {
  const rows = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => /^\s*(\d+)\s+(\d+) (.+)$/.exec(row))
    .flatMap((match) => (match === null ? [] : [match]))
    .map(([, pid, parent, line = '']) => ({ pid: Number(pid), parent: Number(parent), line }));
  const below = (pid: number): typeof rows =>
    rows.filter(({ parent }) => parent === pid).flatMap((row) => [row, ...below(row.pid)]);
  return [...rows.filter(({ pid }) => pid === root), ...below(root)];
}
