/** How long and how often everything is measured. */
export interface Settings {
  /** Times that each contender is measured; they take turns. */
  readonly rounds: number;
  readonly roundSeconds: number;
  /** The same for latencies at a fixed rate, whose medians settle sooner than a throughput does. */
  readonly pacedRoundSeconds: number;
  /** Rounds in which CPU time is measured: it settles sooner than a throughput, and one round says least of all. */
  readonly cpuRounds: number;
  readonly cpuRoundSeconds: number;
  /**
   * Processes of the API and of each of its peers that rounds of CPU time are spread over: what the engine’s compiler makes of
   * the same code differs by some percent from one process to the next, however long each one is measured.
   */
  readonly cpuProcesses: number;
  /** Load on each contender ahead of the first round, which counts for nothing. */
  readonly warmUpSeconds: number;
  /** Whether proxies get every load, or only those that have a target. */
  readonly isFull: boolean;
}

export const defaultSettings: Settings = {
  rounds: 3,
  roundSeconds: 2,
  pacedRoundSeconds: 2,
  cpuRounds: 6,
  cpuRoundSeconds: 1,
  cpuProcesses: 3,
  warmUpSeconds: 1,
  isFull: false,
};

/** Figures to quote, and every load on the proxies. */
export const fullSettings: Settings = {
  rounds: 5,
  roundSeconds: 3,
  pacedRoundSeconds: 2,
  cpuRounds: 16,
  cpuRoundSeconds: 1,
  cpuProcesses: 4,
  warmUpSeconds: 2,
  isFull: true,
};

/** For a first look: too short to trust a ratio within some percent. */
export const quickSettings: Settings = {
  rounds: 2,
  roundSeconds: 1,
  pacedRoundSeconds: 1,
  cpuRounds: 2,
  cpuRoundSeconds: 1,
  cpuProcesses: 1,
  warmUpSeconds: 1,
  isFull: false,
};

/** Connections of every load, and users of the load runner. */
export const connections = 50;

/** Rate at which latencies are compared. */
export const pacedRequestsPerSecond = 1000;
