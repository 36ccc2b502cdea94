/** How long and how often everything is measured. */
export interface Settings {
  /** Times that each contender is measured; they take turns. */
  readonly rounds: number;
  readonly roundSeconds: number;
  /** The same for latencies at a fixed rate, whose medians settle sooner than a throughput does. */
  readonly pacedRoundSeconds: number;
  /** Load on each contender ahead of the first round, which counts for nothing. */
  readonly warmUpSeconds: number;
}

export const fullSettings: Settings = { rounds: 5, roundSeconds: 3, pacedRoundSeconds: 2, warmUpSeconds: 2 };

/** For a first look: too short to trust a ratio within some percent. */
export const quickSettings: Settings = { rounds: 2, roundSeconds: 1, pacedRoundSeconds: 1, warmUpSeconds: 1 };

/** Connections of every load, and users of the load runner. */
export const connections = 50;

/** Rate at which latencies are compared. */
export const pacedRequestsPerSecond = 1000;
