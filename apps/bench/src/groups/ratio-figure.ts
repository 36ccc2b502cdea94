import type { RatioName } from '../bench-name.ts';
import { ratioOfMedians } from '../measure/compare-rounds.ts';
import { median } from '../measure/median.ts';
import type { Figure } from '../outcome.ts';

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
