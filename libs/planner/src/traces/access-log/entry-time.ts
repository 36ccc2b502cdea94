import { readTime } from '../times/read-time.ts';

/** When the request of an entry arrived. */
export interface EntryTime {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** The entry is older than the field with the time of arrival, so this is the time of the answer. */
  readonly isOfAnswer: boolean;
}

/** Fields by their place in an entry, from 0: “Access log entries” in the guide of Application Load Balancers. */
const [timeField, targetGroupField, creationField] = [1, 16, 21];

/**
 * When the request of an access log’s entry arrived: its field request_creation_time, at which the balancer received it.
 * The field time is when it answered (of a WebSocket, when it closed), which is late by as much as the answer took, so it
 * is taken only of entries from before 2018, which have no other.
 * @returns undefined where the line is no whole entry
 */
export function entryTime(line: string): EntryTime | undefined {
  const at = startOfField(line, creationField);
  const created = at < 0 ? undefined : instantAt(line, at);
  if (created !== undefined) return { atMs: created, isOfAnswer: false };
  if (startOfField(line, targetGroupField) < 0) return undefined;
  const answered = instantAt(line, startOfField(line, timeField));
  return answered === undefined ? undefined : { atMs: answered, isOfAnswer: true };
}

/** Where a field begins; -1 where the line has fewer. */
function startOfField(line: string, field: number): number {
  let at = 0;
  for (let passed = 0; passed < field; passed++) {
    // A quoted field may hold spaces; a quote in it is written as \x22.
    const end = line.charCodeAt(at) === 34 ? line.indexOf('"', at + 1) : at;
    const space = end < 0 ? -1 : line.indexOf(' ', end);
    if (space < 0) return -1;
    at = space + 1;
  }
  return at;
}

function instantAt(line: string, from: number): number | undefined {
  const end = line.indexOf(' ', from);
  const time = readTime(end < 0 ? line.slice(from) : line.slice(from, end));
  return time?.offsetMinutes === 0 ? time.ms : undefined;
}
