import type { TaskUsage } from '../../tasks/task-runtime.ts';
import type { ProcessEntry } from './process-entry.ts';
import { processSystem, recentTable } from './process-system.ts';

/** A process that is asked to end may start another in the same moment: it takes more than one look to end them all. */
const mostLooks = 10;

/**
 * The processes of a task: the first one, all that descends from it, its group and its session, which a process keeps when it
 * goes to the background, and whatever else `others` knows of.
 */
export class ProcessTree {
  readonly #root: number;
  readonly #others: () => readonly number[];
  #cpuSeconds = 0;

  /** @param root leads a group and a session of its own */
  constructor(root: number, others: () => readonly number[] = () => []) {
    this.#root = root;
    this.#others = others;
  }

  /** Ids of the processes that run, now. */
  pids(): readonly number[] {
    return running(this.#members(processSystem.table()));
  }

  signal(signal: NodeJS.Signals): void {
    for (let look = 0; look < mostLooks; look += 1) {
      const pids = this.pids();
      for (const pid of pids) send(pid, signal);
      if (signal !== 'SIGKILL' || pids.length === 0) return;
    }
  }

  /** What it has used since its start; CPU time that went with a process whose parent did not wait for it stays counted. */
  usage(): TaskUsage | undefined {
    const members = this.#members(recentTable());
    const pids = running(members);
    if (pids.length === 0) return undefined;
    const cpuSeconds = members.reduce((sum, entry) => sum + entry.cpuSeconds, 0);
    this.#cpuSeconds = Math.max(this.#cpuSeconds, cpuSeconds);
    return {
      cpuSeconds: this.#cpuSeconds,
      memoryMiB: processSystem.memoryMiB(pids),
      readAtMs: performance.now(),
    };
  }

  #members(table: readonly ProcessEntry[]): readonly ProcessEntry[] {
    return membersOf(table, this.#root, new Set(this.#others()));
  }
}

/** The root, its group and its session, `others`, and the descendants of all of them. */
export function membersOf(
  table: readonly ProcessEntry[],
  root: number,
  others: ReadonlySet<number>,
): readonly ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table) children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry]);
  const members = new Map<number, ProcessEntry>();
  const pending = table.filter(
    ({ pid, group, session }) => pid === root || group === root || session === root || others.has(pid),
  );
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (members.has(entry.pid)) continue;
    members.set(entry.pid, entry);
    pending.push(...(children.get(entry.pid) ?? []));
  }
  return [...members.values()];
}

const running = (members: readonly ProcessEntry[]): readonly number[] =>
  members.filter(({ isZombie }) => !isZombie).map(({ pid }) => pid);

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
