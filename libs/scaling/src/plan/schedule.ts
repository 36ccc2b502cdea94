import { type Schedule, readSchedule } from './read-schedule.ts';

/** Schedules of the calendar are slow to work out, and a search of policies asks for the same ones again and again. */
const knownSchedules = new Map<string, Schedule>();
const mostKnown = 1000;

/** `readSchedule`, which reads what it has been asked for before only once. */
export function createSchedule(expression: string, timeZone: string, startedAt: Date): Schedule {
  const key = `${expression} ${timeZone} ${startedAt.getTime()}`;
  const known = knownSchedules.get(key);
  if (known !== undefined) return known;
  const schedule = readSchedule(expression, timeZone, startedAt);
  if (knownSchedules.size >= mostKnown) knownSchedules.clear();
  knownSchedules.set(key, schedule);
  return schedule;
}
