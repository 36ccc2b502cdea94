/** Has something to do once all that this turn of the event loop brings has been read. */
export interface TurnEnd {
  endTurn(): void;
}

let waiting: TurnEnd[] = [];
let isScheduled = false;
let nowMs: number | undefined;

function end(): void {
  const ending = waiting;
  waiting = [];
  isScheduled = false;
  nowMs = undefined;
  for (const one of ending) one.endTurn();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(end);
}

/** Calls back at the end of this turn, in the order of the calls. */
export function atTurnEnd(one: TurnEnd): void {
  waiting.push(one);
  schedule();
}

/** Milliseconds of a clock that only goes forward, read once a turn: under load, a turn has dozens of requests. */
export function turnNow(): number {
  if (nowMs === undefined) {
    nowMs = performance.now();
    schedule();
  }
  return nowMs;
}
