import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { getPriority } from 'node:os';

/**
 * Gives a child that leads a session of its own the nice value of this process. Linux weighs sessions against each other
 * before it looks at nice values (sched(7), “The autogroup feature”): a child that was started at a low priority would
 * otherwise take the same share as everything else. Where there is no such feature, or the system refuses, nothing happens.
 */
export function keepPriority({ pid }: Pick<ChildProcess, 'pid'>): void {
  const niceValue = getPriority();
  if (niceValue <= 0 || pid === undefined || process.platform !== 'linux') return;
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceValue));
  } catch {
    // A child that has ended, a system without the feature, or a second change within 100 ms: it then runs as it would have.
  }
}
