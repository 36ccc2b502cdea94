import { type RoundsOf, takeTurns } from '../measure/take-turns.ts';
import type { Rig } from '../rig.ts';

/** Requests per second of each server in each round, after a warm-up of all. @param servers URL by name */
export async function measureThroughput<Name extends string>(
  rig: Rig,
  servers: Readonly<Record<Name, string>>,
): Promise<RoundsOf<Name, number>> {
  const { rounds, roundSeconds, warmUpSeconds } = rig.settings;
  const names = Object.keys(servers) as Name[];
  for (const name of names) {
    rig.progress(`throughput: warming up ${name}`);
    await rig.loadTool.requestsPerSecond(servers[name], warmUpSeconds);
  }
  return await takeTurns(names, rounds, async (name, round) => {
    rig.progress(`throughput: round ${round} of ${rounds}, ${name}`);
    return await rig.loadTool.requestsPerSecond(servers[name], roundSeconds);
  });
}
