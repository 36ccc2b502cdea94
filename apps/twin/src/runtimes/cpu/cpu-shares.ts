/** The CPU share of one task. */
export interface CpuGroup {
  /** The processes that are in it, however they came to be. */
  pids(): readonly number[];
  /** File that a process writes its id to, to be held with all that it starts. */
  readonly joinFile: string;
  /** Ends what is left in it, and removes it. */
  remove(): Promise<void>;
}

/** What holds tasks to their CPU share. */
export interface CpuShares {
  /** How, in words; or that it does not, and why. */
  readonly description: string;
  readonly isEnforced: boolean;
  /** Null where shares are measured only. @param vCpus most that it may use at once */
  open(name: string, vCpus: number): CpuGroup | null;
  /** Removes what is left of it at once: nothing can be awaited any more. */
  close(): void;
}

/** Nothing holds them. */
export const measuredShares = (why: string): CpuShares => ({
  description: `measured, not enforced: ${why}`,
  isEnforced: false,
  open: () => null,
  close: () => undefined,
});
