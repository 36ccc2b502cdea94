import { runLoadRunner } from '../load/load-runner.ts';
import { takeTurns } from '../measure/take-turns.ts';
import type { Rig } from '../rig.ts';
import { pacedRequestsPerSecond } from '../settings.ts';
import { type PacedRounds, pacedRounds } from './paced-rounds.ts';

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
