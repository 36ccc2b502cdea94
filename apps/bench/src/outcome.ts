import type { BenchName } from './bench-name.ts';
import type { Compared } from './measure/compare-rounds.ts';

/** One measured figure; `value`, `min` and `max` are in the figure’s own unit (see `targets`). */
export interface Figure extends Compared {
  readonly name: BenchName;
  /** What was compared, in numbers and words. */
  readonly detail: string;
  /** What each contender did in each round: requests/s, or p50 in milliseconds, or seconds. */
  readonly rounds: Readonly<Record<string, readonly number[]>>;
}

/** What was not measured, why, and what would change that. */
export interface Skip {
  /** A figure, or a peer that is missing from one. */
  readonly name: BenchName | 'haproxy';
  readonly reason: string;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** Medians over the rounds that count, at one fixed rate. */
export interface PacedLatency {
  readonly askedRequestsPerSecond: number;
  readonly direct: Latency;
  readonly balancer: Latency;
  /** Null where nginx is missing. */
  readonly nginx: Latency | null;
  /** Rounds that count: those in which the load runner kept its own rate up at every server. */
  readonly rounds: number;
  /** The other rounds: their latencies are partly the load runner’s own. */
  readonly generatorLimitedRounds: number;
}

export interface SimulateFigures {
  readonly days: number;
  readonly policies: number;
  /** The best of the attempts. */
  readonly seconds: number;
  readonly attemptSeconds: readonly number[];
  /** CPU time of each attempt, garbage collection included: what is far above it in `attemptSeconds`, the machine did elsewhere. */
  readonly attemptCpuSeconds: readonly number[];
  readonly daysPerSecond: number;
  readonly datapoints: number;
  readonly decisions: number;
  readonly peakRunning: number;
}

/** One server’s share of a comparison, round by round. */
export interface CpuContender {
  readonly name: string;
  /** User and system time of its processes. */
  readonly microsecondsPerRequest: readonly number[];
  readonly requestsPerSecond: readonly number[];
}

/** What each of several servers, alone on a core, spent on the same requests. */
export interface CpuComparison {
  readonly scenario: string;
  /** Name of the contender that the others are compared with. */
  readonly baseline: string;
  readonly contenders: readonly CpuContender[];
}

/** What a group of measurements found out. */
export interface Outcome {
  readonly figures: readonly Figure[];
  readonly skipped?: readonly Skip[];
  readonly pacedLatencyMs?: PacedLatency;
  readonly cpu?: readonly CpuComparison[];
  readonly simulate?: SimulateFigures;
}

/** A program that the benchmark started failed, so that there is no figure. The message is fit for the report. */
export class MeasurementError extends Error {
  override readonly name = 'MeasurementError';
}
