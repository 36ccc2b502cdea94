/** A process of this machine, as the system tells of it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Null where the system does not tell. */
  readonly session: number | null;
  /** It has ended, and its parent has not asked about it yet. */
  readonly isZombie: boolean;
  /** CPU time of the process and of the children that it has waited for. */
  readonly cpuSeconds: number;
}

/** How a system tells of its processes. */
export interface ProcessSystem {
  /** Every process, now. */
  table(): readonly ProcessEntry[];
  /** Memory that these processes hold, a page that several of them share once where the system knows. */
  memoryMiB(pids: readonly number[]): number;
}
