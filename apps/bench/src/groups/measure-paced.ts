import { runLoadRunner } from '../load/load-runner.ts';
import { median } from '../measure/median.ts';
import { takeTurns } from '../measure/take-turns.ts';
import type { Latency, PacedLatency } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { pacedRequestsPerSecond } from '../settings.ts';

export interface PacedRounds {
  readonly p50Ms: {
    readonly direct: readonly number[];
    readonly balancer: readonly number[];
    readonly nginx?: readonly number[];
  };
  readonly medians: PacedLatency;
}

/** Latency of each server at one fixed rate of evenly spread arrivals. @param servers URL by name */
export async function measurePaced(
  rig: Rig,
  servers: { readonly direct: string; readonly balancer: string; readonly nginx?: string },
): Promise<PacedRounds> {
  const { rounds, roundSeconds, warmUpSeconds } = rig.settings;
  const urls = Object.entries(servers) as [keyof typeof servers, string][];
  for (const [name, url] of urls) {
    rig.progress(`latency: warming up ${name}`);
    await rig.loadTool.requestsPerSecond(url, warmUpSeconds);
  }
  const byName = new Map(urls);
  const results = await takeTurns([...byName.keys()], rounds, async (name, round) => {
    rig.progress(`latency: round ${round} of ${rounds}, ${name}`);
    const url = byName.get(name) ?? '';
    return await runLoadRunner(rig, url, {
      seconds: roundSeconds,
      requestsPerSecond: pacedRequestsPerSecond,
    });
  });
  const p50 = (name: keyof typeof servers) => results[name].map(({ p50Ms }) => p50Ms);
  const medians = (name: keyof typeof servers): Latency => ({
    p50: median(p50(name)),
    p99: median(results[name].map(({ p99Ms }) => p99Ms)),
  });
  const hasNginx = servers.nginx !== undefined;
  return {
    p50Ms: { direct: p50('direct'), balancer: p50('balancer'), ...(hasNginx ? { nginx: p50('nginx') } : {}) },
    medians: {
      askedRequestsPerSecond: pacedRequestsPerSecond,
      direct: medians('direct'),
      balancer: medians('balancer'),
      nginx: hasNginx ? medians('nginx') : null,
      generatorLimitedRounds: Object.values(results)
        .flat()
        .filter(({ generatorLimited }) => generatorLimited).length,
    },
  };
}
