import { type RoundsOf, takeTurns } from '../measure/take-turns.ts';
import type { Rig } from '../rig.ts';
import type { RatioName } from '../bench-name.ts';
import { ratioOfMedians, median } from '../measure/compare-rounds.ts';
import type { Figure } from '../outcome.ts';

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

interface Contender {
  readonly name: string;
  /** Requests per second, round by round. */
  readonly rounds: readonly number[];
}

/** How one program’s rate compares with its peer’s. */
export const ratioFigure = (name: RatioName, own: Contender, peer: Contender): Figure => ({
  name,
  ...ratioOfMedians(own.rounds, peer.rounds),
  detail: `${inWords(own)} against ${inWords(peer)} requests/s`,
  rounds: { [own.name]: own.rounds, [peer.name]: peer.rounds },
});

const inWords = ({ name, rounds }: Contender): string =>
  `${name} ${Math.round(median(rounds)).toLocaleString('en-US')}`;
