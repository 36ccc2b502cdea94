import type { LoadRunnerFigures } from '../load/load-runner.ts';
import { median } from '../measure/median.ts';
import type { RoundsOf } from '../measure/take-turns.ts';
import type { Latency, PacedLatency } from '../outcome.ts';

/** Servers whose latency is compared; nginx may be missing. */
export type PacedName = 'direct' | 'balancer' | 'nginx';

export interface PacedRounds {
  /** Of the rounds that count. */
  readonly p50Ms: Readonly<Record<PacedName, readonly number[]>>;
  readonly medians: PacedLatency;
}

type Figures = Pick<LoadRunnerFigures, 'generatorLimited' | 'p50Ms' | 'p99Ms'>;

/**
 * Sums rounds up. One in which the load runner was its own limit, at any server, is left out for all of them: its
 * latencies say more about the load runner.
 * @returns null when no round is left
 */
export function pacedRounds(
  results: Omit<RoundsOf<PacedName, Figures>, 'nginx'> & { readonly nginx?: readonly Figures[] },
  askedRequestsPerSecond: number,
): PacedRounds | null {
  const byServer = Object.values<readonly Figures[]>(results);
  const counts = results.direct.map((_, round) => !byServer.some((of) => of[round]?.generatorLimited));
  const kept = (name: PacedName) => (results[name] ?? []).filter((_, round) => counts[round]);
  const latency = (name: PacedName): Latency => ({
    p50: median(kept(name).map(({ p50Ms }) => p50Ms)),
    p99: median(kept(name).map(({ p99Ms }) => p99Ms)),
  });
  const rounds = counts.filter(Boolean).length;
  if (rounds === 0) return null;
  const p50Ms = (name: PacedName) => kept(name).map((figures) => figures.p50Ms);
  return {
    p50Ms: { direct: p50Ms('direct'), balancer: p50Ms('balancer'), nginx: p50Ms('nginx') },
    medians: {
      askedRequestsPerSecond,
      direct: latency('direct'),
      balancer: latency('balancer'),
      nginx: results.nginx === undefined ? null : latency('nginx'),
      rounds,
      generatorLimitedRounds: counts.length - rounds,
    },
  };
}
