import type { LoadProfile } from '@tideline/config';

/** The position of a load at one moment. */
export interface StagePosition {
  /** Index of the stage. */
  readonly stage: number;
  /** Users who are in at this moment. */
  readonly users: number;
  /** What all users together ask at this moment; null is a closed loop. */
  readonly requestsPerSecond: number | null;
  /** Cloud seconds into the load at which the next user joins or leaves, the rate begins or ends to ramp, or the stage ends. */
  readonly nextChangeSeconds: number;
}

type Stages = Pick<LoadProfile, 'stages' | 'arrivals'>;

const rounding = 1e-9;

/** Where a load stands at each moment of it: users first join or leave, then the rate ramps, then both hold. */
export class StageTimeline {
  readonly #stages: Stages['stages'];
  readonly #perUser: boolean;
  /** Cloud seconds into the load at which each stage ends. */
  readonly #ends: Float64Array;

  constructor({ stages, arrivals }: Stages) {
    this.#stages = stages;
    this.#perUser = arrivals === 'per-user';
    let end = 0;
    this.#ends = Float64Array.from(
      stages,
      (stage, index) => (end += this.#joinSeconds(index) + stage.rampSeconds + stage.holdSeconds),
    );
  }

  /** How long the load takes, ramps and holds together, cloud seconds. */
  get seconds(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** Position `elapsedSeconds` (cloud time) after the start; null once the load is over. */
  at(elapsedSeconds: number): StagePosition | null {
    const index = this.#stageAt(elapsedSeconds);
    const stage = this.#stages[index];
    if (stage === undefined) return null;
    const from = this.#ends[index - 1] ?? 0;
    const intoStage = elapsedSeconds - from;
    const joined = from + this.#joinSeconds(index);
    // The first user of a ramp joins (or leaves) at its start, each further one 1/usersPerSecond later.
    const steps = Math.floor(intoStage * stage.usersPerSecond + rounding) + 1;
    const usersBefore = this.#stages[index - 1]?.users ?? 0;
    const difference = stage.users - usersBefore;
    const settled = steps >= Math.abs(difference);
    const users = settled ? stage.users : usersBefore + Math.sign(difference) * steps;
    return {
      stage: index,
      users,
      requestsPerSecond: this.#rate(index, { users, elapsedSeconds, joined }),
      nextChangeSeconds: settled
        ? this.#nextBend(index, { elapsedSeconds, joined })
        : from + steps / stage.usersPerSecond,
    };
  }

  /** The first stage that ends after a moment: a search by halves, since a trace has a stage for each of its steps. */
  #stageAt(elapsedSeconds: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (elapsedSeconds < (this.#ends[middle] ?? 0) - rounding) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #joinSeconds(index: number): number {
    const stage = this.#stages[index];
    if (stage === undefined) return 0;
    return Math.abs(stage.users - (this.#stages[index - 1]?.users ?? 0)) / stage.usersPerSecond;
  }

  #rate(
    index: number,
    {
      users,
      elapsedSeconds,
      joined,
    }: { readonly users: number; readonly elapsedSeconds: number; readonly joined: number },
  ): number | null {
    const stage = this.#stages[index];
    if (stage === undefined || stage.requestsPerSecond === null) return null;
    const { requestsPerSecond, rampSeconds, users: wanted } = stage;
    if (this.#perUser) return wanted === 0 ? 0 : (requestsPerSecond / wanted) * users;
    if (rampSeconds === 0) return requestsPerSecond;
    const before = this.#stages[index - 1]?.requestsPerSecond ?? 0;
    const share = Math.min(1, Math.max(0, (elapsedSeconds - joined) / rampSeconds));
    return before + (requestsPerSecond - before) * share;
  }

  #nextBend(
    index: number,
    { elapsedSeconds, joined }: { readonly elapsedSeconds: number; readonly joined: number },
  ): number {
    const end = this.#ends[index] ?? 0;
    const { rampSeconds = 0 } = this.#stages[index] ?? {};
    if (rampSeconds === 0) return end;
    const bends = [joined, joined + rampSeconds, end];
    return bends.find((bend) => bend > elapsedSeconds + rounding) ?? end;
  }
}
