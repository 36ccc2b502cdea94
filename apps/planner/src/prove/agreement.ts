import type { CountFrom } from '@tideline/evidence';

/** How near a prediction has to come to what was measured. */
export const agreementBounds = {
  /** Least share of the cloud minutes with equal counts. */
  leastEqualMinutesPercent: 95,
  /** Most that hours of units may differ, of those measured. */
  mostUnitHoursPercent: 5,
  /** Most time between a decision and its counterpart, cloud seconds. */
  mostDecisionSeconds: 120,
} as const;

/** A move of the desired count, seconds from the start of the load. */
export interface Move {
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
  readonly policy: string;
}

/** What happened over the load, by the simulator or by the twin; seconds from its start. */
export interface Course {
  /** Units that run, from each instant on. */
  readonly running: readonly CountFrom[];
  /** In order of time; those of up to `mostDecisionSeconds` after the load may find a counterpart within it. */
  readonly moves: readonly Move[];
}

/** A decision of one side with its counterpart; null where the other side has none. */
interface MovePair {
  readonly predicted: Move | null;
  readonly measured: Move | null;
}

export interface Agreement {
  /**
   * For each whole minute of the cloud clock within the load, numbered from its first one on, the count that held for most of it.
   * Metrics have these minutes, so decisions and the starts that follow them lie at the same place in all of them.
   */
  readonly minutes: readonly {
    readonly minute: number;
    readonly predicted: number;
    readonly measured: number;
  }[];
  readonly equalMinutesPercent: number;
  readonly unitHours: {
    readonly predicted: number;
    readonly measured: number;
    readonly differencePercent: number;
  };
  readonly moves: readonly MovePair[];
  /** Which of the bounds hold. */
  readonly holds: { readonly minutes: boolean; readonly unitHours: boolean; readonly moves: boolean };
}

const minuteSeconds = 60;

/** The time of the load, seconds from its start. */
export interface LoadTime {
  readonly loadSeconds: number;
  /** When the first minute of the cloud clock begins, 0 to 60. */
  readonly firstMinuteSeconds: number;
}

/** Sets a prediction beside a measurement, over the time of the load. */
export function agreementOf(
  predicted: Course,
  measured: Course,
  { loadSeconds, firstMinuteSeconds }: LoadTime,
): Agreement {
  const whole = Math.max(0, Math.floor((loadSeconds - firstMinuteSeconds) / minuteSeconds + 1e-9));
  const minutes = Array.from({ length: whole }, (_, minute) => ({
    minute,
    predicted: countOfMinute(predicted.running, firstMinuteSeconds + minute * minuteSeconds),
    measured: countOfMinute(measured.running, firstMinuteSeconds + minute * minuteSeconds),
  }));
  const equal = minutes.filter((each) => each.predicted === each.measured).length;
  const equalMinutesPercent = minutes.length === 0 ? 100 : (100 * equal) / minutes.length;
  const hours = {
    predicted: unitSeconds(predicted.running, 0, loadSeconds) / 3600,
    measured: unitSeconds(measured.running, 0, loadSeconds) / 3600,
  };
  const differencePercent =
    hours.measured === 0 ? 0 : (100 * (hours.predicted - hours.measured)) / hours.measured;
  const moves = pairs(predicted.moves, measured.moves, loadSeconds);
  return {
    minutes,
    equalMinutesPercent,
    unitHours: { ...hours, differencePercent },
    moves,
    holds: {
      minutes: equalMinutesPercent >= agreementBounds.leastEqualMinutesPercent,
      unitHours: Math.abs(differencePercent) <= agreementBounds.mostUnitHoursPercent,
      moves: moves.every((pair) => pair.predicted !== null && pair.measured !== null),
    },
  };
}

export const agrees = ({ holds }: Agreement): boolean => holds.minutes && holds.unitHours && holds.moves;

/** Units times seconds within a stretch. */
export function unitSeconds(running: readonly CountFrom[], fromSeconds: number, toSeconds: number): number {
  return stretches(running, fromSeconds, toSeconds).reduce(
    (sum, { count, seconds }) => sum + count * seconds,
    0,
  );
}

function countOfMinute(running: readonly CountFrom[], from: number): number {
  const held = new Map<number, number>();
  for (const { count, seconds } of stretches(running, from, from + minuteSeconds))
    held.set(count, (held.get(count) ?? 0) + seconds);
  const [first] = [...held].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? 0;
}

function stretches(running: readonly CountFrom[], fromSeconds: number, toSeconds: number) {
  return running.flatMap(({ seconds, count }, index) => {
    const from = Math.max(seconds, fromSeconds);
    const to = Math.min(running[index + 1]?.seconds ?? Infinity, toSeconds);
    return to > from ? [{ count, seconds: to - from }] : [];
  });
}

/** Each predicted decision with the nearest measured one that moved the same way, near enough and not taken. */
function pairs(
  predicted: readonly Move[],
  measured: readonly Move[],
  loadSeconds: number,
): readonly MovePair[] {
  const left = [...measured];
  const found: MovePair[] = predicted.map((one) => {
    const [nearest] = left
      .filter(
        (other) =>
          other.from === one.from &&
          other.to === one.to &&
          distance(one, other) <= agreementBounds.mostDecisionSeconds,
      )
      .sort((first, second) => distance(one, first) - distance(one, second));
    if (nearest !== undefined) left.splice(left.indexOf(nearest), 1);
    return { predicted: one, measured: nearest ?? null };
  });
  return [...found, ...left.map((one) => ({ predicted: null, measured: one }))]
    .filter(({ predicted: one, measured: other }) =>
      [one, other].some((move) => move !== null && move.seconds < loadSeconds),
    )
    .sort((one, other) => startOf(one) - startOf(other));
}

const distance = (one: Move, other: Move): number => Math.abs(one.seconds - other.seconds);
const startOf = ({ predicted, measured }: MovePair): number =>
  Math.min(predicted?.seconds ?? Infinity, measured?.seconds ?? Infinity);
