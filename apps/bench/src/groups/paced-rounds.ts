import { type LoadRunnerFigures, runLoadRunner } from '../load/load-runner.ts';
import { median, differenceOfMedians } from '../measure/compare-rounds.ts';
import { type RoundsOf, takeTurns } from '../measure/take-turns.ts';
import type { Latency, PacedLatency, Figure, Skip } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { pacedRequestsPerSecond } from '../settings.ts';

/** Servers whose latency is compared; nginx may be missing. */
export type PacedName = 'direct' | 'balancer' | 'nginx';

export interface PacedRounds {
  /** Of the rounds that count. */
  readonly p50Ms: Readonly<Record<PacedName, readonly number[]>>;
  readonly p99Ms: Readonly<Record<PacedName, readonly number[]>>;
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
  const each = (figure: 'p50Ms' | 'p99Ms') => {
    const of = (name: PacedName) => kept(name).map((figures) => figures[figure]);
    return { direct: of('direct'), balancer: of('balancer'), nginx: of('nginx') };
  };
  return {
    p50Ms: each('p50Ms'),
    p99Ms: each('p99Ms'),
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

/**
 * Latency of each server at one fixed rate of evenly spread arrivals.
 * @param servers URL by name
 * @returns null when the load runner never kept the rate up
 */
export async function measurePaced(
  rig: Rig,
  servers: { readonly direct: string; readonly balancer: string; readonly nginx?: string },
): Promise<PacedRounds | null> {
  const { rounds, pacedRoundSeconds, warmUpSeconds } = rig.settings;
  const urls = new Map(Object.entries(servers) as [keyof typeof servers, string][]);
  for (const [name, url] of urls) {
    rig.progress(`latency: warming up ${name}`);
    await rig.loadTool.requestsPerSecond(url, warmUpSeconds);
  }
  const results = await takeTurns([...urls.keys()], rounds, async (name, round) => {
    rig.progress(`latency: round ${round} of ${rounds}, ${name}`);
    return await runLoadRunner(rig, urls.get(name) ?? '', {
      seconds: pacedRoundSeconds,
      requestsPerSecond: pacedRequestsPerSecond,
    });
  });
  return pacedRounds(results, pacedRequestsPerSecond);
}

/** A way through the balancer that is faster than the way around it, by more than this, is noise of the machine. */
const mostNoiseMs = 1;

/** The balancer’s own share of the median latency; skipped where noise was larger than any such share. */
export function addedP50({ p50Ms, medians }: PacedRounds): Figure | Skip {
  const { direct, balancer, nginx } = p50Ms;
  const added = differenceOfMedians(balancer, direct);
  if (added.value < -mostNoiseMs) {
    return {
      name: 'balancerAddedP50Ms',
      reason: `the machine was too noisy: the balancer seems to take ${(-added.value).toFixed(1)} ms off the latency; run again when the machine has less to do`,
    };
  }
  return {
    name: 'balancerAddedP50Ms',
    ...added,
    detail: inWords(medians),
    rounds: { direct, balancer, ...(nginx.length > 0 ? { nginx } : {}) },
  };
}

/** What the balancer adds to the 99th percentile more than nginx does: both are in front of the same upstreams. */
export function p99AboveNginx({ p99Ms, medians }: PacedRounds, nginxMissing: string): Figure | Skip {
  const name = 'balancerP99AboveNginxMs';
  const { direct, balancer, nginx } = p99Ms;
  if (nginx.length === 0) return { name, reason: nginxMissing };
  return {
    name,
    ...differenceOfMedians(balancer, nginx),
    detail: inWords(medians),
    rounds: { direct, balancer, nginx },
  };
}

function inWords({ askedRequestsPerSecond, direct, balancer, nginx }: PacedLatency): string {
  const shown = Object.entries({ direct, balancer, ...(nginx === null ? {} : { nginx }) }).map(
    ([name, { p50, p99 }]) => `${name} ${p50.toFixed(2)}/${p99.toFixed(2)}`,
  );
  return `p50/p99 ms at ${askedRequestsPerSecond} requests/s: ${shown.join(', ')}`;
}
