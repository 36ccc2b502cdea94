import type { LoadStage } from '@tideline/config';

/** The position of a load at one moment. */
export interface StagePosition {
  /** Index of the stage. */
  readonly stage: number;
  /** Users who are in at this moment. */
  readonly users: number;
  /** Cloud seconds into the load at which the next user joins or leaves, or the stage ends. */
  readonly nextChangeSeconds: number;
}

type Ramp = Pick<LoadStage, 'users' | 'usersPerSecond' | 'holdSeconds'>;

const rounding = 1e-9;

/** Position of the load `elapsedSeconds` (cloud time) after its start; null once it is over. */
export function stagePosition(stages: readonly Ramp[], elapsedSeconds: number): StagePosition | null {
  let from = 0;
  let usersBefore = 0;
  for (const [index, stage] of stages.entries()) {
    const end = from + stageSeconds(stage, usersBefore);
    if (elapsedSeconds < end - rounding) {
      const intoStage = elapsedSeconds - from;
      // The first user of a ramp joins (or leaves) at its start, each further one 1/usersPerSecond later.
      const steps = Math.floor(intoStage * stage.usersPerSecond + rounding) + 1;
      const difference = stage.users - usersBefore;
      if (steps >= Math.abs(difference)) return { stage: index, users: stage.users, nextChangeSeconds: end };
      return {
        stage: index,
        users: usersBefore + Math.sign(difference) * steps,
        nextChangeSeconds: from + steps / stage.usersPerSecond,
      };
    }
    from = end;
    usersBefore = stage.users;
  }
  return null;
}

/** How long a load takes, ramps and holds together, cloud seconds. */
export const loadSeconds = (stages: readonly Ramp[]): number =>
  stages.reduce((sum, stage, index) => sum + stageSeconds(stage, stages[index - 1]?.users ?? 0), 0);

const stageSeconds = (stage: Ramp, usersBefore: number): number =>
  Math.abs(stage.users - usersBefore) / stage.usersPerSecond + stage.holdSeconds;
