import { existsSync, readFileSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The kernel takes a moment to let go of a process that was killed. */
const removal = { tries: 100, pauseMs: 20 } as const;
/** At the twin’s own end nothing can be awaited, and the end is not to take long. */
const lastRemoval = { tries: 20, pauseMs: 10 } as const;

/** Removes a group that has just ended: tries until the kernel has let go of it. */
export async function removeInTime(folder: string): Promise<void> {
  for (let tries = 0; tries < removal.tries; tries += 1) {
    removeNow(folder);
    if (!existsSync(folder)) return;
    await pause(removal.pauseMs);
  }
}

/** The same for the twin’s own end. */
export function removeAtEnd(folder: string): void {
  for (let tries = 0; tries < lastRemoval.tries && existsSync(folder); tries += 1) {
    if (tries > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lastRemoval.pauseMs);
    removeNow(folder);
  }
}

/** Ends what is in a group and below, and removes it if the kernel has let go of everything. */
export function removeNow(folder: string): void {
  for (const child of childrenOf(folder)) removeNow(join(folder, child));
  for (const pid of pidsIn(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  try {
    rmdirSync(folder);
  } catch {
    // It holds a process that ends, or is gone; the next start looks again.
  }
}

export const pidsIn = (folder: string): readonly number[] =>
  textOf(join(folder, 'cgroup.procs')).split('\n').filter(Boolean).map(Number);

export function childrenOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Empty where it cannot be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
